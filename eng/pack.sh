#!/usr/bin/env bash
# Packs everything into eng/packages, then proves the packages: in an empty folder, an app that references them encodes a recording, and the
# brewclip tool, installed from its package, must give the same vector. Where models/ holds the small model, the app references its package too,
# loads it as the default model, and finds a picture of the demo by speech.
# Usage: eng/pack.sh [--no-build]     CONFIGURATION=Release by default; --no-build packs what has been built.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
cd -- "$root"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
configuration="${CONFIGURATION:-Release}"
feed="$root/eng/packages"
work="$(mktemp -d)"
trap 'rm -rf -- "$work"' EXIT

rm -f -- "$feed"/*.nupkg "$feed"/*.snupkg
dotnet pack BrewClip.sln --configuration "$configuration" --verbosity quiet "$@"

property() { dotnet msbuild BrewClip.Cli/BrewClip.Cli.csproj -getProperty:"$1"; }
version="$(property Version)"
# In the NuGet profile the application picks the libtorch; in the other it comes with the system.
backend=""
if [[ "$(property BrewProfile)" == NuGet ]]; then
    backend="<PackageReference Include=\"TorchSharp-cpu\" Version=\"$(property TorchSharpVersion)\" />"
fi

nano=""
if [[ -e models/brewclip-nano/config.json ]]; then
    nano="<PackageReference Include=\"BrewClip.Models.Nano\" Version=\"$version\" />"
fi

# BrewClip comes from the feed alone: an unpacked copy of the same version, from an earlier run, must not answer in its place. What others
# publish is taken from where it has been unpacked already.
app="$work/app"
mkdir -p -- "$app"
shared="$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')"
cat > "$app/nuget.config" <<CONFIG
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <add key="packed" value="$feed" />
  </packageSources>
  <fallbackPackageFolders>
    <add key="shared" value="$shared" />
  </fallbackPackageFolders>
</configuration>
CONFIG
rm -rf -- "$shared"/brewclip.*/"$version"

# The test support writes the checkpoint; it sees the internals of the packages by the name of the assembly.
cat > "$app/App.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <InvariantGlobalization>true</InvariantGlobalization>
    <AssemblyName>BrewClip.Tests</AssemblyName>
    <RestorePackagesPath>$work/unpacked</RestorePackagesPath>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="BrewClip.Models" Version="$version" />
    <PackageReference Include="BrewClip.Extensions.AI" Version="$version" />
    $nano
    $backend
  </ItemGroup>
</Project>
PROJECT
cp -- eng/package-check/Program.cs BrewClip.Tests/Support/FormulaCheckpoint.cs BrewClip.Tests/Support/FormulaWeights.cs "$app/"
dotnet build "$app/App.csproj" --configuration Release --output "$work/bin" --verbosity quiet

NUGET_PACKAGES="$work/unpacked" dotnet tool install BrewClip.Cli --version "$version" --tool-path "$work/tool" --configfile "$app/nuget.config" --verbosity quiet

dotnet "$work/bin/BrewClip.Tests.dll" make "$work"
"$work/tool/brewclip" embed --model "$work/model" --speech "$work/a recording.wav" --out "$work/tool.npy" --normalize
dotnet "$work/bin/BrewClip.Tests.dll" check "$work" "$feed"
[[ -z "$nano" ]] || dotnet "$work/bin/BrewClip.Tests.dll" default "$root/demo"
