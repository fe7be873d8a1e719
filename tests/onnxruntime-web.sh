#!/bin/sh
# One test reads a glyph in a browser by onnxruntime-web. npm brings it, and three of its files are kept in .venv; where
# it can't, one line says so, and that test is skipped.
set -eu
version=1.30.0
place=".venv/onnxruntime-web-$version"
if [ -d "$place" ]; then exit 0; fi
if ! command -v npm >/dev/null; then
  echo 'Missing for one of the tests: npm. Install it with your system'"'"'s package manager.' >&2
  exit 0
fi
folder="$(mktemp -d .venv/onnxruntime-web.XXXXXX)"
trap 'rm -rf "$folder"' EXIT
if (cd "$folder" && npm pack --silent "onnxruntime-web@$version" >/dev/null && tar xzf ./*.tgz); then
  mkdir "$folder/kept"
  for file in ort.wasm.min.mjs ort-wasm-simd-threaded.mjs ort-wasm-simd-threaded.wasm; do
    mv "$folder/package/dist/$file" "$folder/kept/"
  done
  mv "$folder/kept" "$place"
else
  echo 'npm could not bring onnxruntime-web: one of the tests is skipped.' >&2
fi
