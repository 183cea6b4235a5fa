echo "$name $version runs tasks at noon"
