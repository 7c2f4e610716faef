#!/bin/sh
# Readiness: the consensus thread of this peer works. Takes less than the 3 seconds that the probe allows.
# It says nothing about collections: a peer that has just joined learns of them a moment later.
set -eu
: "${LOG_NAME:=ready}" "${CONNECT_TIMEOUT:=1}" "${REQUEST_TIMEOUT:=2}"
# shellcheck source=/dev/null
. "${0%/*}/facts.sh"
# shellcheck source=/dev/null
. "${0%/*}/lib.sh"

api GET "$(base_url localhost)/cluster" || die "the server does not tell its state: $(api_problem)"
state=$(printf '%s' "$API_BODY" | jq -r '.result.consensus_thread_status.consensus_thread_status // .result.status' 2>/dev/null) || state=unreadable
[ "$state" = working ] || die "the consensus thread is not working: $state"
