-- For psql, as a superuser, once: on first start the image of PostgreSQL runs it.
\set owner_password `cat /run/secrets/owner-password`
\set service_password `cat /run/secrets/service-password`

create role latchkey_owner login password :'owner_password';
create role latchkey_service login password :'service_password';
create database latchkey owner latchkey_owner;
