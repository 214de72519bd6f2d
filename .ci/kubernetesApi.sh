#!/usr/bin/env bash
# Gets Kubernetes' real API machinery for the tests of targets: etcd and kubectl from Debian, the API server built by Go.
# Without it those tests sit on a light double, and say so.
set -u
version=v0.31.4
folder="${HOME}/.cache/headroom"
server="${folder}/apiextensions-apiserver-${version}"

packages=()
command -v etcd >/dev/null || packages+=(etcd-server)
command -v kubectl >/dev/null || packages+=(kubernetes-client)
command -v openssl >/dev/null || packages+=(openssl)
if [ "${#packages[@]}" -gt 0 ]; then
  apt-get update -q && apt-get install -y -q --no-install-recommends "${packages[@]}" || exit 1
  service etcd stop >/dev/null 2>&1 || true
fi
[ -x "$server" ] && exit 0

# Go 1.21 and newer fetch the toolchain that a module asks for; older ones can't build it.
minor="$(go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')"
if [ "${minor:-0}" -lt 21 ]; then
  echo "no Go 1.21 or newer: the tests of targets use the double" >&2
  exit 1
fi
mkdir -p "$folder" && temporary="$(mktemp -d)" || exit 1
GOBIN="$temporary" nice go install "k8s.io/apiextensions-apiserver@${version}" && mv "$temporary/apiextensions-apiserver" "$server"
code=$?
rm -rf "$temporary"
exit "$code"
