#!/usr/bin/env bash
# Sets up what is missing, builds the command-line tool and shows what it can do so far.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
"$root/eng/setup.sh"
dotnet build "$root/BrewClip.Cli" --configuration Release --verbosity quiet

echo "BrewClip finds images by speech. No trained model comes with it yet: this shows what the tool can do."
exec dotnet "$root/BrewClip.Cli/bin/Release/net10.0/brewclip.dll" "${@:---help}"
