#!/usr/bin/env bash
# Sets up what is missing, builds the command-line tool, and asks the model that comes with it for pictures by speech.
# Arguments go to 'brewclip demo': ./demo.sh --speech my.wav
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"

# A bare service account may have none set; dotnet needs one for its caches.
export HOME="${HOME:-$(unset HOME && echo ~)}"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
"$root/eng/setup.sh"
dotnet build "$root/BrewClip.Cli" --configuration Release --verbosity quiet

tool="$root/BrewClip.Cli/bin/Release/net10.0/brewclip.dll"
if [[ ! -e "$root/models/brewclip-nano/config.json" ]]; then
    echo "BrewClip finds images by speech. models/ holds no trained model yet (docs/little-world.md tells how to train one in about an hour):"
    echo "until then, this is what the tool can do with models that you name."
    exec dotnet "$tool" --help
fi
exec dotnet "$tool" demo --data "$root/demo" --out "$root/demo/report.html" "$@"
