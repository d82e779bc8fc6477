#!/usr/bin/env bash
# Converts the real files in a folder and compares the counts with its expected.tsv.
#
#   Q=target/release/querist tests/samples.sh FOLDER
#
# expected.tsv has the columns file, format, questions, sections, conditions; 0 questions means that the file has
# to be refused. Exits with 0 if all agree, or if there is no such folder.
set -u
folder=${1:?usage: tests/samples.sh FOLDER}
q=${Q:-target/release/querist}
if [ ! -f "$folder/expected.tsv" ]; then
  echo "skipped: $folder/expected.tsv is missing"
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
while IFS=$'\t' read -r file format questions sections conditions _; do
  [ "$file" = file ] && continue
  if ! "$q" convert "$folder/$file" --output "$scratch/one.json" >"$scratch/out" 2>&1; then
    if [ "$questions" = 0 ]; then
      echo "OK    $file: $(head -1 "$scratch/out")"
    else
      echo "FAIL  $file: $(head -1 "$scratch/out")"
      failed=1
    fi
    continue
  fi
  "$q" convert "$folder/$file" >"$scratch/two.json" 2>"$scratch/again"
  # "81 questions, 28 sections, 65 conditions, ..."
  found=$(sed -n '1s/^[^:]*: \([0-9]*\) questions*, \([0-9]*\) sections*, \([0-9]*\) conditions*,.*/\1 \2 \3/p' "$scratch/again")
  wanted="$questions $sections $conditions"
  if [ "$found" != "$wanted" ]; then
    echo "FAIL  $file ($format): $found, not $wanted"
    failed=1
  elif ! cmp -s "$scratch/one.json" "$scratch/two.json"; then
    echo "FAIL  $file: a second conversion differs"
    failed=1
  elif ! "$q" validate "$scratch/one.json" 2>"$scratch/problems"; then
    echo "FAIL  $file: $(head -3 "$scratch/problems")"
    failed=1
  else
    echo "OK    $file: $found"
  fi
  rm -f "$scratch/one.json"
done <"$folder/expected.tsv"
exit $failed
