count=$((6 * 7))
echo "$name $version worked off $count tasks"
