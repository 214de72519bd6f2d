;; The inner loops of samplePaths. Rows are of 32-bit floats and padded to 8 of them; addresses and ends are in bytes.
;;
;; Memory: 0 the normal quantiles that draws are taken from (4,096 floats); 16384 the state of the random source (four
;; vectors); 16448 how many scores are in each of the 1,024 buckets; 20544 where buckets start; rows from 24640 on.
(module
  (memory (export "memory") 1)

  ;; Standard normals, two from each 32 bits of four xoshiro128** side by side (Blackman and Vigna).
  (func (export "drawNormals") (param $at i32) (param $end i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $bits v128) (local $shifted v128)
    (local.set $a (v128.load offset=16384 (i32.const 0)))
    (local.set $b (v128.load offset=16400 (i32.const 0)))
    (local.set $c (v128.load offset=16416 (i32.const 0)))
    (local.set $d (v128.load offset=16432 (i32.const 0)))
    (loop $next
      (local.set $bits (i32x4.mul (local.get $b) (v128.const i32x4 5 5 5 5)))
      (local.set $bits
        (i32x4.mul
          (v128.or (i32x4.shl (local.get $bits) (i32.const 7)) (i32x4.shr_u (local.get $bits) (i32.const 25)))
          (v128.const i32x4 9 9 9 9)))
      (local.set $shifted (i32x4.shl (local.get $b) (i32.const 9)))
      (local.set $c (v128.xor (local.get $c) (local.get $a)))
      (local.set $d (v128.xor (local.get $d) (local.get $b)))
      (local.set $b (v128.xor (local.get $b) (local.get $c)))
      (local.set $a (v128.xor (local.get $a) (local.get $d)))
      (local.set $c (v128.xor (local.get $c) (local.get $shifted)))
      (local.set $d (v128.or (i32x4.shl (local.get $d) (i32.const 11)) (i32x4.shr_u (local.get $d) (i32.const 21))))
      (call $lookUp (local.get $at) (i32x4.shr_u (local.get $bits) (i32.const 18)))
      (call $lookUp (i32.add (local.get $at) (i32.const 16)) (i32x4.shr_u (local.get $bits) (i32.const 6)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $end))))
    (v128.store offset=16384 (i32.const 0) (local.get $a))
    (v128.store offset=16400 (i32.const 0) (local.get $b))
    (v128.store offset=16416 (i32.const 0) (local.get $c))
    (v128.store offset=16432 (i32.const 0) (local.get $d)))

  ;; Writes the four quantiles whose addresses are bits 2 to 13.
  (func $lookUp (param $at i32) (param $places v128)
    (local.set $places (v128.and (local.get $places) (v128.const i32x4 0x3ffc 0x3ffc 0x3ffc 0x3ffc)))
    (f32.store (local.get $at) (f32.load (i32x4.extract_lane 0 (local.get $places))))
    (f32.store offset=4 (local.get $at) (f32.load (i32x4.extract_lane 1 (local.get $places))))
    (f32.store offset=8 (local.get $at) (f32.load (i32x4.extract_lane 2 (local.get $places))))
    (f32.store offset=12 (local.get $at) (f32.load (i32x4.extract_lane 3 (local.get $places)))))

  ;; row = kept * row + share * source
  (func (export "mix") (param $at i32) (param $end i32) (param $kept f32) (param $source i32) (param $share f32)
    (local $keep v128) (local $part v128)
    (local.set $keep (f32x4.splat (local.get $kept)))
    (local.set $part (f32x4.splat (local.get $share)))
    (loop $next
      (v128.store (local.get $at)
        (f32x4.add
          (f32x4.mul (local.get $keep) (v128.load (local.get $at)))
          (f32x4.mul (local.get $part) (v128.load (local.get $source)))))
      (local.set $source (i32.add (local.get $source) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end)))))

  ;; value = carried + row; carried = persistence * value + echo * row; row = scale * value
  (func (export "recur") (param $at i32) (param $end i32) (param $carried i32)
    (param $persistence f32) (param $echo f32) (param $scale f32)
    (local $innovation v128) (local $value v128)
    (loop $next
      (local.set $innovation (v128.load (local.get $at)))
      (local.set $value (f32x4.add (v128.load (local.get $carried)) (local.get $innovation)))
      (v128.store (local.get $carried)
        (f32x4.add
          (f32x4.mul (f32x4.splat (local.get $persistence)) (local.get $value))
          (f32x4.mul (f32x4.splat (local.get $echo)) (local.get $innovation))))
      (v128.store (local.get $at) (f32x4.mul (f32x4.splat (local.get $scale)) (local.get $value)))
      (local.set $carried (i32.add (local.get $carried) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end)))))

  ;; The bucket of each score times 4, in 16 bits: 1/128 within +-4; those beyond are in the outermost.
  (func (export "findBuckets") (param $at i32) (param $end i32) (param $buckets i32)
    (loop $next
      (v128.store (local.get $buckets)
        (i16x8.shl
          (i16x8.narrow_i32x4_s
            (call $bucketOf (v128.load (local.get $at)))
            (call $bucketOf (v128.load offset=16 (local.get $at))))
          (i32.const 2)))
      (local.set $buckets (i32.add (local.get $buckets) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $end)))))

  (func $bucketOf (param $score v128) (result v128)
    (i32x4.trunc_sat_f32x4_s
      (f32x4.pmin (v128.const f32x4 1023 1023 1023 1023)
        (f32x4.pmax (v128.const f32x4 0 0 0 0)
          (f32x4.add
            (f32x4.mul (local.get $score) (v128.const f32x4 128 128 128 128))
            (v128.const f32x4 512 512 512 512))))))

  ;; Draws ascend; pair i gets the one at its rank and, count / 2 places on, that at the mirrored rank.
  (func (export "placePairs") (param $buckets i32) (param $draws i32) (param $count i32) (param $row i32)
    (local $end i32) (local $place i32) (local $low i32) (local $opposite i32) (local $last i32) (local $second i32)
    (local $at i32)
    (local.set $end (i32.add (local.get $buckets) (i32.shl (i32.shr_u (local.get $count) (i32.const 1)) (i32.const 1))))
    (memory.fill (i32.const 16448) (i32.const 0) (i32.const 4096))
    (local.set $at (local.get $buckets))
    (block $none
      (br_if $none (i32.eq (local.get $at) (local.get $end)))
      (loop $next
        (local.set $place (i32.load16_u (local.get $at)))
        (i32.store offset=16448 (local.get $place) (i32.add (i32.load offset=16448 (local.get $place)) (i32.const 8)))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 2))) (local.get $end)))))
    ;; Each bucket holds, beside its own, those of the bucket opposite.
    (local.set $place (i32.const 0))
    (local.set $low (i32.const 0))
    (loop $next
      (local.set $opposite (i32.sub (i32.const 4092) (local.get $place)))
      (i32.store offset=20544 (local.get $place) (local.get $low))
      (local.set $low
        (i32.add (local.get $low)
          (i32.add
            (i32.load offset=16448 (local.get $place))
            (i32.load offset=16448 (local.get $opposite)))))
      (i32.store offset=20544 (local.get $opposite) (i32.sub (i32.shl (local.get $count) (i32.const 3)) (local.get $low)))
      (br_if $next (i32.lt_u (local.tee $place (i32.add (local.get $place) (i32.const 4))) (i32.const 2048))))
    (local.set $last (i32.add (local.get $draws) (i32.shl (i32.sub (local.get $count) (i32.const 1)) (i32.const 3))))
    (local.set $second (i32.add (local.get $row) (i32.shl (i32.shr_u (local.get $count) (i32.const 1)) (i32.const 3))))
    (local.set $at (local.get $buckets))
    (block $none
      (br_if $none (i32.eq (local.get $at) (local.get $end)))
      (loop $next
        (local.set $place (i32.load16_u (local.get $at)))
        (local.set $low (i32.load offset=20544 (local.get $place)))
        (i32.store offset=20544 (local.get $place) (i32.add (local.get $low) (i32.const 8)))
        (i64.store (local.get $row) (i64.load (i32.add (local.get $draws) (local.get $low))))
        (i64.store (local.get $second) (i64.load (i32.sub (local.get $last) (local.get $low))))
        (local.set $row (i32.add (local.get $row) (i32.const 8)))
        (local.set $second (i32.add (local.get $second) (i32.const 8)))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 2))) (local.get $end)))))
    ;; Of an odd count, the path that is its own mirror image gets the middle.
    (if (i32.and (local.get $count) (i32.const 1))
      (then
        (i64.store (local.get $second)
          (i64.load (i32.add (local.get $draws) (i32.shl (i32.shr_u (local.get $count) (i32.const 1)) (i32.const 3))))))))

  ;; value + share * rise in 64-bit floats; two at a time, so up to one beyond the end
  (func (export "readDraws") (param $at i32) (param $end i32) (param $shares i32) (param $value f64) (param $rise f64)
    (block $none
      (br_if $none (i32.ge_u (local.get $at) (local.get $end)))
      (loop $next
        (v128.store (local.get $at)
          (f64x2.add
            (f64x2.splat (local.get $value))
            (f64x2.mul (v128.load (local.get $shares)) (f64x2.splat (local.get $rise)))))
        (local.set $shares (i32.add (local.get $shares) (i32.const 16)))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))))
)
