#!/bin/sh
# Unpacks Debian's Dovecot into the folder given, without installing it. Needs apt.
set -eu
mkdir -p "$1" && cd "$1"
[ -x usr/sbin/dovecot ] && exit 0
apt-get download dovecot-core dovecot-imapd libexttextcat-2.0-0 libsodium23 libstemmer0d libwrap0 liblua5.3-0
for package in *.deb; do dpkg -x "$package" . && rm "$package"; done
