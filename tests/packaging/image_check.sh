#!/bin/sh
# Build the Dockerfile for real and run the image, without a Docker engine: buildah in a chroot, on a base made from
# Debian's packages and tagged with the official image's name (its Python is Debian's, not the official image's).
set -eu
cd "$(dirname "$0")/../.."
skip() { echo "image-check skipped: $1"; exit 0; }
[ "$(id -u)" = 0 ] || skip "needs root"
for tool in buildah mmdebstrap; do
    command -v "$tool" >/dev/null 2>&1 && continue
    [ "${CI:-}" = true ] && command -v apt-get >/dev/null 2>&1 || skip "$tool is not installed"
    { apt-get update -qq && apt-get install -qq -y buildah mmdebstrap; } >/dev/null 2>&1 || skip "$tool cannot be installed"
done
base=$(sed -n 's/^FROM \([^ ]*\) AS build$/\1/p' Dockerfile)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! buildah inspect --type image "$base" >/dev/null 2>&1; then
    mmdebstrap --quiet --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$work/base.tar" \
        || skip "Debian's packages cannot be reached"
    made=$(buildah from scratch)
    buildah add --quiet "$made" "$work/base.tar" / >/dev/null
    # The certificates and package settings of this machine belong into the stand-in base, never into the Dockerfile.
    if [ -n "${SSL_CERT_FILE:-}" ] && [ -f "$SSL_CERT_FILE" ]; then
        buildah copy --quiet "$made" "$SSL_CERT_FILE" /etc/ssl/certs/build-ca.pem >/dev/null
        buildah config --env PIP_CERT=/etc/ssl/certs/build-ca.pem --env SSL_CERT_FILE=/etc/ssl/certs/build-ca.pem "$made"
    fi
    buildah commit --quiet "$made" "$base" >/dev/null
    buildah rm "$made" >/dev/null
fi

buildah bud --quiet --pull=never --network host --isolation chroot --format docker --tag repmon-image-check . >/dev/null
box=$(buildah from --pull=never repmon-image-check)
trap 'buildah umount "$box" >/dev/null 2>&1; buildah rm "$box" >/dev/null 2>&1; rm -rf "$work"' EXIT
inside() { buildah run --isolation chroot --network host "$box" -- "$@"; }
[ "$(inside id -u)" = 10001 ] || { echo "the image does not run as uid 10001"; exit 1; }
inside repmon --version
inside repmon demo --once --dir /data/demo >/dev/null
inside repmon --config /data/demo/config.toml reviews --json >/dev/null
added=$(du -sm "$(buildah mount "$box")/opt/repmon" | cut -f1)
echo "image-check passed: built in two stages, runs as uid 10001, the demo works inside; $added MB on top of the base"
