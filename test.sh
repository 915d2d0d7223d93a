#!/usr/bin/env bash
# Sets up what is missing, builds everything once, runs every test. The last line is the count; the exit code is that of the tests.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
cd -- "$root"

# A bare service account may have none set; dotnet needs one for its caches.
export HOME="${HOME:-$(unset HOME && echo ~)}"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
eng/setup.sh

configuration="${CONFIGURATION:-Release}"
results="$(mktemp -d)"
trap 'rm -rf -- "$results"' EXIT

dotnet build BrewClip.sln --configuration "$configuration" --verbosity quiet

status=0
dotnet test BrewClip.sln --configuration "$configuration" --no-build \
    --logger "console;verbosity=minimal" --logger trx --results-directory "$results" "$@" || status=$?

# The packages, as another program sees them. Not where a part of the tests was asked for.
packed=0
if (( $# == 0 )); then
    CONFIGURATION="$configuration" eng/pack.sh --no-build || packed=1
fi

# A skipped test counts in "total" alone.
total=0 passed=0 failed=0
for file in "$results"/*.trx; do
    [[ -e "$file" ]] || continue
    counters="$(grep -o '<Counters [^>]*>' "$file" | head -n 1 || true)"
    count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
    total=$(( total + $(count total) ))
    passed=$(( passed + $(count passed) ))
    failed=$(( failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted) ))
done

if (( total == 0 || failed > 0 )) && (( status == 0 )); then
    status=1
fi
if (( packed != 0 )); then
    status=1
    echo "The packages failed: see eng/pack.sh above."
fi
echo "$passed passed, $failed failed, $(( total - passed - failed )) skipped"
exit "$status"
