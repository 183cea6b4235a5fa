echo "$name $version forwards requests"
