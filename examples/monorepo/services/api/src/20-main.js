// A server would listen here.
for (const [path, answer] of Object.entries(routes)) console.log(path, answer)
