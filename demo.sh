#!/usr/bin/env bash
# Sets up what is missing, builds the command-line tool, and asks the model that comes with it for pictures by speech.
# Arguments go to 'brewclip demo': ./demo.sh --speech my.wav
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
"$root/eng/setup.sh"
dotnet build "$root/BrewClip.Cli" --configuration Release --verbosity quiet

exec dotnet "$root/BrewClip.Cli/bin/Release/net10.0/brewclip.dll" demo --data "$root/demo" --out "$root/demo/report.html" "$@"
