#!/usr/bin/env bash
# Three readings more than the last time. A message of Dagster Pipes is a line of JSON.
set -euo pipefail

last=${LAKE_STATE:-0}
name="readings-$((last + 1)).csv"
{
    echo "id,value"
    for number in $(seq $((last + 1)) $((last + 3))); do
        echo "$number,$((number / 2)).$((number % 2 * 5))"
    done
} > "$LAKE_FOLDER/$name"
printf '{"__dagster_pipes_version": "0.1", "method": "report_custom_message", "params": {"payload": %s}}\n' \
    "{\"file\": \"$name\", \"state\": \"$((last + 3))\"}" >> "$LAKE_MESSAGES"
