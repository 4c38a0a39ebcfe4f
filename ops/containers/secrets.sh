#!/bin/bash
# Make the secrets that docker-compose.yml mounts, each in a file of its own; those that are there already stay.
#
#   ops/containers/secrets.sh [FOLDER]      default: .desk/compose-secrets
#
# Compose mounts a file with the owner and mode that it has here, and the containers run as user 10001. Run by root,
# the files belong to that user with mode 0600. Run by another user they cannot, so they are readable and the
# folder, which is mode 0700 and is not mounted itself, keeps everybody else on this machine out.
set -euo pipefail
umask 077
folder=${1:-$(dirname "$0")/../../.desk/compose-secrets}
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

random() { head -c 24 /dev/urandom | base64 | tr '+/' '-_'; }
memorable() { head -c 6 /dev/urandom | od -An -tx2 | awk '{print $1 "-" $2 "-" $3}'; }

keep() { # NAME VALUE: written beside its place and moved, so that a secret is whole or absent
  [ -s "$1" ] && return
  printf '%s\n' "$2" >".$1.new"
  mv ".$1.new" "$1"
}

keep actor_secret "$(random)"
keep webhook_master_secret "$(random)"
keep bootstrap_token "$(random)"
keep demo_password "$(memorable)"

keep database_admin_password "$(random)"
keep database_admin_url "postgresql://postgres:$(<database_admin_password)@database:5432/postgres"
for service in intake catalog dispatch monitoring notifications gateway; do
  keep "${service}_database_url" "postgresql://$service:$(random)@database:5432/$service"
done

keep amqp_url "amqp://desk:$(random)@broker:5672/desk"
keep suppliers_amqp_url "$(sed 's|/desk$|/suppliers|' amqp_url)"
keep broker_admin_url "http://desk_admin:$(random)@broker-admin:15672"
keep supplier_vonk_val_amqp_url "amqp://supplier_vonk_val:$(random)@broker:5672/suppliers"

if [ "$(id -u)" = 0 ]; then
  chown 10001:10001 ./*
  chmod 600 ./*
else
  chmod 644 ./*
fi
