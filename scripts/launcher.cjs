#!/usr/bin/env node
'use strict'
// Runs the bundled command line from V8's code cache: compiling it anew would be most of the start-up time.
// A cache of another V8 version is refused by V8 itself and the script is compiled as usual.
const fs = require('node:fs')
const vm = require('node:vm')
const file = `${__dirname}/quick/main.js`
const cacheFile = `${__dirname}/quick/main.cache`
// The bundle is plain ASCII; as such V8 takes it without looking at every byte.
const source = fs.readFileSync(file, 'latin1')
const writing = process.argv[2] === '--bakekit-write-code-cache'
let cachedData
if (!writing) {
  try {
    cachedData = fs.readFileSync(cacheFile)
  } catch {}
}
const script = new vm.Script(source, { filename: file, cachedData })
const own = { exports: {} }
const requireFrom = (id) => (id.startsWith('.') ? require(`./quick/${id}`) : require(id))
script.runInThisContext().call(own.exports, own.exports, requireFrom, own, file, `${__dirname}/quick`)
if (writing) {
  own.exports.warm().then(() => fs.writeFileSync(cacheFile, script.createCachedData()))
} else {
  own.exports.start()
}
