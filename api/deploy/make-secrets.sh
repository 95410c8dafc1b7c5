#!/bin/sh
# Makes the secrets of compose.yaml, once. Keep a copy of secrets/latchkey.env apart from the database's backups: without
# the key ring in it no credential can ever be verified again.
set -eu
random_hex() { od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }

cd "${1:-$(dirname "$0")}"
if [ -e secrets ]; then
  echo "There are secrets already, and a database that was made with them: $PWD/secrets" >&2
  exit 1
fi
# Nobody but the owner enters the directory; inside a container the process is not the owner of the files.
(umask 077 && mkdir secrets)
cd secrets
umask 022
for each in postgres owner service; do
  random_hex 24 > "$each-password"
done
cat > owner.env <<END
DATABASE_URL=postgres://latchkey_owner:$(cat owner-password)@database/latchkey
END
cat > latchkey.env <<END
DATABASE_URL=postgres://latchkey_service:$(cat service-password)@database/latchkey
LATCHKEY_KEY_RING=1:$(head -c 32 /dev/urandom | base64)
ADMIN_PASSWORD=$(random_hex 12)
END
echo "Made $PWD. The first administrator is \"admin\", with the password ADMIN_PASSWORD of latchkey.env."
