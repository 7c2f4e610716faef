#!/bin/sh
# Runs before the container stops, which happens on every restart, drain and stop. Only when the cluster shrinks, and this pod is one
# that goes, the node leaves: {{script}} is called until it says that the node has left.
#
#   exit 0  the node has left, or it stays
#   exit 1  the wanted number of replicas is not known, or the node had not left when PRE_STOP_TIMEOUT was over. Nothing was forced
set -eu
# Seconds in all; seconds for which the wanted number must stay the same, since the file behind it is updated late; pauses.
: "${PRE_STOP_TIMEOUT:=1740}" "${PRE_STOP_STABLE:=30}" "${PRE_STOP_POLL:=2}" "${PRE_STOP_RETRY:=1}"

scripts=${0%/*}
begin=$(date +%s)

seconds() {
  printf '%s\n' $(($(date +%s) - begin))
}

say() {
  printf 'pre-stop: %s\n' "$*" >&2
}

is_number() {
  case ${1:-} in
    '' | *[!0-9]*) return 1 ;;
  esac
}

read_facts() {
  REPLICAS=
  # shellcheck source=/dev/null
  . "$scripts/facts.sh"
  is_number "$REPLICAS" || REPLICAS=
}

# Reads the wanted number until it was the same for PRE_STOP_STABLE seconds. An old value would make a node that goes look like one that stays.
wait_until_stable() {
  read_facts
  since=$(seconds)
  while [ $(($(seconds) - since)) -lt "$PRE_STOP_STABLE" ]; do
    [ "$(seconds)" -lt "$PRE_STOP_TIMEOUT" ] || return 1
    known=$REPLICAS
    sleep "$PRE_STOP_POLL"
    read_facts
    [ "$known" = "$REPLICAS" ] || since=$(seconds)
  done
  [ -n "$REPLICAS" ]
}

own_fqdn() {
  printf '%s\n' "$PEER_FQDNS" | tr ',' '\n' | while IFS= read -r fqdn; do
    [ "${fqdn%%.*}" != "$POD_NAME" ] || printf '%s\n' "$fqdn"
  done
}

leave() {
  LEAVE_POD_NAME=$POD_NAME
  LEAVE_POD_FQDN=$(own_fqdn)
  export LEAVE_POD_NAME LEAVE_POD_FQDN
  while ! {{command}}; do
    [ "$(seconds)" -lt "$PRE_STOP_TIMEOUT" ] || return 1
    sleep "$PRE_STOP_RETRY"
    # The cluster may have grown again.
    read_facts
    ! stays || return 0
  done
  say "$POD_NAME has left"
}

# Whether this pod is known to stay: it stops for another reason than a smaller cluster.
stays() {
  [ -n "$REPLICAS" ] || return 1
  if [ "$REPLICAS" -eq 0 ]; then
    say "the cluster stops: nothing is moved"
  elif [ "$ordinal" -lt "$REPLICAS" ]; then
    say "$POD_NAME is one of the $REPLICAS wanted replicas: nothing is moved"
  else
    return 1
  fi
}

if ! wait_until_stable; then
  say "the wanted number of replicas is not known: nothing is moved"
  exit 1
fi
ordinal=${POD_NAME##*-}
if ! is_number "$ordinal"; then
  say "$POD_NAME does not end in an ordinal: nothing is moved"
  exit 1
fi
if ! stays && ! leave; then
  say "$POD_NAME has not left within $PRE_STOP_TIMEOUT s: it goes with what it holds. Do not delete its volume"
  exit 1
fi
