#!/usr/bin/env bash
# Finds what the System profile still needs on this machine, and installs it through apt when it may.
# Silent when nothing is missing. The host's BLAS alternative stays as it is: products go to oneDNN (docs/performance.md).
set -euo pipefail

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

if ! command -v dotnet >/dev/null 2>&1; then
    fail "The .NET SDK is missing: install version 10.0.100 or later so that 'dotnet' is on the PATH."
fi
sdks="$(dotnet --list-sdks)"
if ! grep -qE '^[1-9][0-9]+\.' <<<"$sdks"; then
    fail "The .NET SDK here is too old: install version 10.0.100 or later."
fi

# Chosen like every MSBuild property: from the environment. There the packages bring everything.
if [[ "${BrewProfile:-}" == "NuGet" ]]; then
    exit 0
fi

has_file() { compgen -G "$1" >/dev/null; }

missing=()
command -v g++ >/dev/null 2>&1 || missing+=(g++)
if [[ -z "${BrewTorchRoot:-}" ]]; then
    { has_file '/usr/include/torch' && has_file '/usr/lib/*/libtorch_cpu.so'; } || missing+=(libtorch-dev)
    { has_file '/usr/include/oneapi/dnnl/dnnl.h' && has_file '/usr/lib/*/libdnnl.so'; } || missing+=(libdnnl-dev)
fi
{ has_file '/usr/include/sndfile.h' && has_file '/usr/lib/*/libsndfile.so'; } || missing+=(libsndfile1-dev)
has_file '/usr/lib/*/libturbojpeg.so.0' || missing+=(libturbojpeg0)

if (( ${#missing[@]} == 0 )); then
    exit 0
fi

if ! command -v apt-get >/dev/null 2>&1; then
    fail "Missing here, by Debian's names: ${missing[*]}." \
        "Install them with this system's package manager, or set BrewProfile=NuGet to take the NuGet packages instead."
fi
if (( EUID != 0 )); then
    fail "Missing here: ${missing[*]}." \
        "Run this once, then again what called it:" \
        "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" \
        "or set BrewProfile=NuGet to take the NuGet packages instead."
fi

echo "Installing ${missing[*]} ..." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || echo "The package lists could not be brought up to date: trying with those that are here." >&2
# Ubuntu knows the library by another name.
for i in "${!missing[@]}"; do
    if [[ "${missing[$i]}" == libturbojpeg0 ]] && ! apt-cache show libturbojpeg0 >/dev/null 2>&1; then
        missing[$i]=libturbojpeg
    fi
done
apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null ||
    fail "apt could not install ${missing[*]}: see its message above."
