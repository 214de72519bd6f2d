;; Points of a series as the HTTP API writes them: `,[1767225600,"0.25"]` each, with the comma before it.
;;
;; Memory: 0 the pairs of digits 00 to 99; 256 the powers of ten 0 to 22, each shifted until its highest bit is set; 448
;; the powers of ten 0 to 19; times from 1024, values from 9216, 1,024 of each; text from 17408.
(module
  (memory (export "memory") 2)

  (data (i32.const 0)
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
    "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899")

  ;; Writes points from the one at `next` up to `count` at `at`; ends before one that is not plain: a time before 1970 or
  ;; of parts of milliseconds, a value that is -0, below 1e-6, not below 2^53 or no number. Returns where the text ends,
  ;; and the point that comes next.
  (func (export "writePoints") (param $next i32) (param $count i32) (param $at i32) (result i32 i32)
    (local $time f64) (local $value f64) (local $size f64)
    (block $done
      (loop $point
        (br_if $done (i32.ge_u (local.get $next) (local.get $count)))
        (local.set $time (f64.load offset=1024 (i32.shl (local.get $next) (i32.const 3))))
        (local.set $value (f64.load offset=9216 (i32.shl (local.get $next) (i32.const 3))))
        (local.set $size (f64.abs (local.get $value)))
        (br_if $done
          (i32.eqz
            (i32.and
              (i32.and
                (f64.ge (local.get $time) (f64.const 0))
                (f64.lt (local.get $time) (f64.const 9007199254740992)))
              (f64.eq (f64.floor (local.get $time)) (local.get $time)))))
        (br_if $done
          (i32.eqz
            (i32.or
              (i32.and
                (f64.ge (local.get $size) (f64.const 1e-6))
                (f64.lt (local.get $size) (f64.const 9007199254740992)))
              (i64.eqz (i64.reinterpret_f64 (local.get $value))))))
        (i32.store16 (local.get $at) (i32.const 0x5b2c)) ;; ,[
        (local.set $at
          (call $writeTime (i32.add (local.get $at) (i32.const 2)) (i64.trunc_f64_u (local.get $time))))
        (i32.store16 (local.get $at) (i32.const 0x222c)) ;; ,"
        (local.set $at (i32.add (local.get $at) (i32.const 2)))
        (if (f64.lt (local.get $value) (f64.const 0))
          (then
            (i32.store8 (local.get $at) (i32.const 45))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))))
        (local.set $at (call $writeSize (local.get $at) (local.get $size)))
        (i32.store16 (local.get $at) (i32.const 0x5d22)) ;; "]
        (local.set $at (i32.add (local.get $at) (i32.const 2)))
        (local.set $next (i32.add (local.get $next) (i32.const 1)))
        (br $point)))
    (local.get $at)
    (local.get $next))

  ;; Milliseconds as seconds, with three decimals where they are not whole.
  (func $writeTime (param $at i32) (param $time i64) (result i32)
    (local $seconds i64) (local $rest i32)
    (local.set $seconds (i64.div_u (local.get $time) (i64.const 1000)))
    (local.set $rest (i32.wrap_i64 (i64.sub (local.get $time) (i64.mul (local.get $seconds) (i64.const 1000)))))
    (local.set $at (call $writeWhole (local.get $at) (local.get $seconds) (call $lengthOf (local.get $seconds))))
    (if (result i32) (local.get $rest)
      (then
        (i32.store8 (local.get $at) (i32.const 46))
        (i32.store8 offset=1 (local.get $at)
          (i32.add (i32.const 48) (i32.div_u (local.get $rest) (i32.const 100))))
        (call $writePair (i32.add (local.get $at) (i32.const 2)) (i32.rem_u (local.get $rest) (i32.const 100)))
        (i32.add (local.get $at) (i32.const 4)))
      (else (local.get $at))))

  ;; A number of 0 or from 1e-6 on and below 2^53 in the fewest digits that read back the same: Giulietti's Schubfach,
  ;; "The Schubfach way to render doubles", 2021. Its powers of ten are exact here, and their lower halves are zero.
  (func $writeSize (param $at i32) (param $size f64) (result i32)
    (local $bits i64) (local $fraction i64) (local $c i64) (local $q i32) (local $k i32) (local $h i64) (local $g i64)
    (local $isOdd i64) (local $isUneven i32) (local $middle i64) (local $lower i64) (local $upper i64)
    (local $s i64) (local $tens i64) (local $four i64) (local $below i32) (local $above i32)
    (local $length i32) (local $point i32) (local $i i32)
    (local.set $bits (i64.reinterpret_f64 (local.get $size)))
    (if (i64.eqz (local.get $bits))
      (then
        (i32.store8 (local.get $at) (i32.const 48))
        (return (i32.add (local.get $at) (i32.const 1)))))
    (local.set $fraction (i64.and (local.get $bits) (i64.const 0xfffffffffffff)))
    (local.set $c (i64.or (local.get $fraction) (i64.const 0x10000000000000)))
    (local.set $q (i32.sub (i32.wrap_i64 (i64.shr_u (local.get $bits) (i64.const 52))) (i32.const 1075)))
    (if (f64.eq (f64.floor (local.get $size)) (local.get $size))
      (then
        (local.set $s (i64.shr_u (local.get $c) (i64.extend_i32_u (i32.sub (i32.const 0) (local.get $q)))))
        (return (call $writeWhole (local.get $at) (local.get $s) (call $lengthOf (local.get $s))))))

    ;; The interval of what rounds to the number, times four and a power of ten, rounded to odd.
    (local.set $isOdd (i64.and (local.get $c) (i64.const 1)))
    (local.set $isUneven (i64.eqz (local.get $fraction)))
    (local.set $k
      (i32.shr_s
        (i32.sub
          (i32.mul (local.get $q) (i32.const 1262611))
          (i32.mul (local.get $isUneven) (i32.const 524031)))
        (i32.const 22)))
    (local.set $h
      (i64.extend_i32_s
        (i32.add
          (i32.add (local.get $q) (i32.const 1))
          (i32.shr_s (i32.mul (i32.sub (i32.const 0) (local.get $k)) (i32.const 1741647)) (i32.const 19)))))
    (local.set $g (i64.load offset=256 (i32.shl (i32.sub (i32.const 0) (local.get $k)) (i32.const 3))))
    (local.set $four (i64.shl (local.get $c) (i64.const 2)))
    (local.set $middle (call $timesPower (local.get $g) (i64.shl (local.get $four) (local.get $h))))
    (local.set $lower
      (i64.add
        (local.get $isOdd)
        (call $timesPower
          (local.get $g)
          (i64.shl
            (i64.add (i64.sub (local.get $four) (i64.const 2)) (i64.extend_i32_u (local.get $isUneven)))
            (local.get $h)))))
    (local.set $upper
      (i64.sub
        (call $timesPower
          (local.get $g)
          (i64.shl (i64.add (local.get $four) (i64.const 2)) (local.get $h)))
        (local.get $isOdd)))

    ;; One digit less where one such number lies within; else the nearer of two, ties to even.
    (local.set $s (i64.shr_u (local.get $middle) (i64.const 2)))
    (block $found
      (if (i64.ge_u (local.get $s) (i64.const 10))
        (then
          (local.set $tens (i64.div_u (local.get $s) (i64.const 10)))
          (local.set $four (i64.mul (local.get $tens) (i64.const 40)))
          (local.set $below (i64.le_u (local.get $lower) (local.get $four)))
          (local.set $above (i64.le_u (i64.add (local.get $four) (i64.const 40)) (local.get $upper)))
          (if (i32.ne (local.get $below) (local.get $above))
            (then
              (local.set $s (i64.add (local.get $tens) (i64.extend_i32_u (local.get $above))))
              (local.set $k (i32.add (local.get $k) (i32.const 1)))
              (br $found)))))
      (local.set $four (i64.shl (local.get $s) (i64.const 2)))
      (local.set $below (i64.le_u (local.get $lower) (local.get $four)))
      (local.set $above (i64.le_u (i64.add (local.get $four) (i64.const 4)) (local.get $upper)))
      (if (i32.ne (local.get $below) (local.get $above))
        (then
          (local.set $s (i64.add (local.get $s) (i64.extend_i32_u (local.get $above))))
          (br $found)))
      (local.set $four (i64.add (local.get $four) (i64.const 2)))
      (local.set $s
        (i64.add
          (local.get $s)
          (i64.extend_i32_u
            (i32.or
              (i64.gt_u (local.get $middle) (local.get $four))
              (i32.and
                (i64.eq (local.get $middle) (local.get $four))
                (i32.wrap_i64 (i64.and (local.get $s) (i64.const 1)))))))))

    (block $stripped
      (loop $zeros
        (local.set $tens (i64.div_u (local.get $s) (i64.const 10)))
        (br_if $stripped (i64.ne (i64.mul (local.get $tens) (i64.const 10)) (local.get $s)))
        (local.set $s (local.get $tens))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $zeros)))

    (local.set $length (call $lengthOf (local.get $s)))
    (local.set $point (i32.add (local.get $length) (local.get $k)))
    (if (i32.gt_s (local.get $point) (i32.const 0))
      (then
        (drop (call $writeWhole (i32.add (local.get $at) (i32.const 1)) (local.get $s) (local.get $length)))
        (loop $back
          (i32.store8
            (i32.add (local.get $at) (local.get $i))
            (i32.load8_u offset=1 (i32.add (local.get $at) (local.get $i))))
          (br_if $back (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $point))))
        (i32.store8 (i32.add (local.get $at) (local.get $point)) (i32.const 46))
        (return (i32.add (local.get $at) (i32.add (local.get $length) (i32.const 1))))))
    (i64.store (local.get $at) (i64.const 0x3030303030302e30)) ;; 0.000000
    (call $writeWhole
      (i32.add (local.get $at) (i32.sub (i32.const 2) (local.get $point)))
      (local.get $s)
      (local.get $length)))

  ;; The upper half of a product of 128 bits, its lowest bit set where the lower half is not zero.
  (func $timesPower (param $a i64) (param $b i64) (result i64)
    (local $a0 i64) (local $a1 i64) (local $b0 i64) (local $b1 i64) (local $cross i64) (local $carried i64)
    (local.set $a0 (i64.and (local.get $a) (i64.const 0xffffffff)))
    (local.set $a1 (i64.shr_u (local.get $a) (i64.const 32)))
    (local.set $b0 (i64.and (local.get $b) (i64.const 0xffffffff)))
    (local.set $b1 (i64.shr_u (local.get $b) (i64.const 32)))
    (local.set $cross
      (i64.add
        (i64.mul (local.get $a1) (local.get $b0))
        (i64.shr_u (i64.mul (local.get $a0) (local.get $b0)) (i64.const 32))))
    (local.set $carried
      (i64.add
        (i64.mul (local.get $a0) (local.get $b1))
        (i64.and (local.get $cross) (i64.const 0xffffffff))))
    (i64.or
      (i64.add
        (i64.mul (local.get $a1) (local.get $b1))
        (i64.add
          (i64.shr_u (local.get $cross) (i64.const 32))
          (i64.shr_u (local.get $carried) (i64.const 32))))
      (i64.extend_i32_u (i64.ne (i64.mul (local.get $a) (local.get $b)) (i64.const 0)))))

  ;; How many digits a number has.
  (func $lengthOf (param $number i64) (result i32)
    (local $length i32)
    ;; log10(2) is 1233 / 4096 and a little more.
    (local.set $length
      (i32.shr_u
        (i32.mul
          (i32.sub (i32.const 64) (i32.wrap_i64 (i64.clz (i64.or (local.get $number) (i64.const 1)))))
          (i32.const 1233))
        (i32.const 12)))
    (i32.add
      (local.get $length)
      (i64.ge_u
        (i64.or (local.get $number) (i64.const 1))
        (i64.load offset=448 (i32.shl (local.get $length) (i32.const 3))))))

  ;; Writes a number of `length` digits; returns where it ends.
  (func $writeWhole (param $at i32) (param $number i64) (param $length i32) (result i32)
    (local $end i32) (local $to i32) (local $high i64) (local $low i32) (local $half i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (local.set $to (local.get $end))
    (block $small
      (loop $eight
        (br_if $small (i64.lt_u (local.get $number) (i64.const 100000000)))
        (local.set $high (i64.div_u (local.get $number) (i64.const 100000000)))
        (local.set $low
          (i32.wrap_i64 (i64.sub (local.get $number) (i64.mul (local.get $high) (i64.const 100000000)))))
        (local.set $number (local.get $high))
        (local.set $to (i32.sub (local.get $to) (i32.const 8)))
        (local.set $half (i32.div_u (local.get $low) (i32.const 10000)))
        (call $writePair (local.get $to) (i32.div_u (local.get $half) (i32.const 100)))
        (call $writePair (i32.add (local.get $to) (i32.const 2)) (i32.rem_u (local.get $half) (i32.const 100)))
        (local.set $half (i32.rem_u (local.get $low) (i32.const 10000)))
        (call $writePair (i32.add (local.get $to) (i32.const 4)) (i32.div_u (local.get $half) (i32.const 100)))
        (call $writePair (i32.add (local.get $to) (i32.const 6)) (i32.rem_u (local.get $half) (i32.const 100)))
        (br $eight)))
    (local.set $low (i32.wrap_i64 (local.get $number)))
    (block $last
      (loop $two
        (br_if $last (i32.lt_u (local.get $low) (i32.const 10)))
        (local.set $to (i32.sub (local.get $to) (i32.const 2)))
        (local.set $half (i32.div_u (local.get $low) (i32.const 100)))
        (call $writePair (local.get $to) (i32.sub (local.get $low) (i32.mul (local.get $half) (i32.const 100))))
        (local.set $low (local.get $half))
        (br $two)))
    (if (i32.gt_u (local.get $to) (local.get $at))
      (then (i32.store8 (local.get $at) (i32.add (i32.const 48) (local.get $low)))))
    (local.get $end))

  (func $writePair (param $at i32) (param $number i32)
    (i32.store16 (local.get $at) (i32.load16_u (i32.shl (local.get $number) (i32.const 1))))))
