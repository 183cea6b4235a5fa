// Prints one line per user.
for (const user of users) console.log(`admin __VERSION__ knows ${user}`)
