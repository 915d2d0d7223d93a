#!/usr/bin/env bash
# The GPU kernels' benchmarks, on a host with a GPU that may have neither .NET nor this repository.
#
#   eng/gpu-benchmarks.sh build [FOLDER]   Here: a self-contained program of less than 60 MB with the shim's sources and this script, in
#                                          BrewClip.Benchmarks/bin/gpu-host or FOLDER. Copy the folder to the GPU host.
#   FOLDER/gpu-benchmarks.sh run [OUT] [NAME…]
#                                          There: compiles the shim against the host's PyTorch 2.x, checks that the GPU computes what the
#                                          CPU does, measures every kernel (or those named) and writes OUT/gpu.json and OUT/gpu.md.
#
# The host needs an NVIDIA driver, g++ and a Python with PyTorch for CUDA. PYTHON names the interpreter (python3), CXX the compiler (g++).
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
limit_mb=60

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

build() {
    local root folder
    root="$(cd -- "$here/.." && pwd)"
    folder="${1:-$root/BrewClip.Benchmarks/bin/gpu-host}"
    rm -rf -- "$folder"
    DOTNET_NOLOGO=1 dotnet publish "$root/BrewClip.Benchmarks" --configuration Release --runtime linux-x64 --self-contained --verbosity quiet \
        -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:EnableSingleFileAnalyzer=false -p:DebugType=none \
        -p:BrewProfile=System --output "$folder"
    # The shim is compiled there, products come with PyTorch, and the rest serves BenchmarkDotNet's disassembler.
    rm -rf -- "$folder/runtimes" "$folder/amd64" "$folder"/*.xml "$folder"/libcapstone.so
    mkdir -p -- "$folder/Native"
    cp -- "$root"/BrewClip.LibTorch/Native/brewclip_{torch,random,attention,threads}.cpp "$root"/BrewClip.LibTorch/Native/*.h \
        "$root"/BrewClip.LibTorch/Native/*.inc "$folder/Native/"
    cp -- "${BASH_SOURCE[0]}" "$folder/gpu-benchmarks.sh"
    local size
    size="$(du -sm -- "$folder" | cut -f1)"
    (( size < limit_mb )) || fail "$folder takes $size MB: less than $limit_mb is expected."
    echo "$folder: $size MB. On the GPU host: gpu-benchmarks.sh run"
}

# As BrewClip.LibTorch/Native/Native.targets does for another libtorch than Debian's; libtorch_cuda registers its kernels once it is loaded.
compile_shim() {
    local torch="$1" native="$here/runtimes/linux-x64/native" abi=()
    nm -D "$torch/lib/libc10.so" | grep cxx11 >/dev/null || abi=(-D_GLIBCXX_USE_CXX11_ABI=0)
    mkdir -p -- "$native"
    "${CXX:-g++}" -O2 -std=c++17 -fPIC -shared -fvisibility=hidden -Wall -Wno-unknown-pragmas "${abi[@]}" \
        -I"$torch/include" -I"$torch/include/torch/csrc/api/include" "$here"/Native/*.cpp -o "$native/libBrewClipTorch.so" -L"$torch/lib" -Wl,-rpath,"$torch/lib" -Wl,--no-as-needed -ltorch -ltorch_cpu -ltorch_cuda -lc10
}

run() {
    local python="${PYTHON:-python3}" out="${1:-$here/results}" torch
    command -v "${CXX:-g++}" >/dev/null || fail "There is no compiler '${CXX:-g++}': install g++, or name another with CXX."
    command -v nm >/dev/null || fail "There is no 'nm': install binutils."
    command -v "$python" >/dev/null || fail "There is no '$python': name the interpreter that has PyTorch with PYTHON."
    "$python" -c 'import torch' 2>/dev/null || fail "'$python' has no PyTorch: install it (pip install torch), or name another interpreter with PYTHON."
    "$python" -c 'import sys, torch; sys.exit(not torch.cuda.is_available())' ||
        fail "PyTorch of '$python' finds no CUDA device: nothing was run."
    "$python" -c 'import sys, torch; sys.exit(int(torch.__version__.split(".")[0]) < 2)' || fail "PyTorch of '$python' is older than 2.0."
    torch="$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))')"
    [[ -d "$torch/include" ]] || fail "'$torch' holds no headers: this PyTorch is not pip's."
    [[ -x "$here/BrewClip.Benchmarks" ]] || fail "'$here' holds no BrewClip.Benchmarks: run 'gpu-benchmarks.sh build' in the repository, and this script from the folder that it fills."
    echo "Compiling the shim against $torch"
    compile_shim "$torch"
    "$here/BrewClip.Benchmarks" gpu parity || fail "The GPU does not compute what the CPU does: nothing was measured."
    "$here/BrewClip.Benchmarks" gpu "${@:2}" --python "$python" --out "$out"
    [[ -e "$out/gpu.json" ]] || fail "Nothing was measured."
    if command -v nvidia-smi >/dev/null; then
        nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader | sed 's/^/Device: /' | tee "$out/device.txt"
    fi
    echo "$out/gpu.json, $out/gpu.md"
}

case "${1:-}" in
    build) build "${@:2}" ;;
    run) run "${@:2}" ;;
    *) fail "Usage: gpu-benchmarks.sh build [FOLDER] | run [OUT] [NAME…]; the first lines of this script say more." ;;
esac
