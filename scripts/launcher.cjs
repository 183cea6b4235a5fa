#!/usr/bin/env node
'use strict'
// Runs the bundled command line from V8's code cache: compiling it anew would be most of the start-up time.
// A cache of another V8 version is refused by V8 itself and the script is compiled as usual.
const fs = require('node:fs')
const vm = require('node:vm')
const folder = `${__dirname}/parts`
const writing = process.argv[2] === '--bakekit-write-code-cache'
const loaded = new Map()

function load(name) {
  const known = loaded.get(name)
  if (known !== undefined) return known.module.exports
  const filename = `${folder}/${name}.js`
  // Parts are plain ASCII; as such V8 takes them without looking at every byte.
  const source = fs.readFileSync(filename, 'latin1')
  const script = new vm.Script(source, { filename, cachedData: cacheOf(name) })
  const module = { exports: {} }
  loaded.set(name, { script, module })
  script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, folder)
  return module.exports
}

function cacheOf(name) {
  if (writing) return undefined
  try {
    return fs.readFileSync(`${folder}/${name}.cache`)
  } catch {
    return undefined
  }
}

function requireFrom(id) {
  return id.startsWith('./') ? load(id.slice(2, -3)) : require(id)
}

/** Functions that were called by then are in the cache, others are compiled when they are called. */
function writeCache(name) {
  load(name)
  fs.writeFileSync(`${folder}/${name}.cache`, loaded.get(name).script.createCachedData())
}

async function writeCaches() {
  const { warm } = load('main')
  await warm('docker-bake.hcl')
  writeCache('main')
  await warm('compose.yaml')
  for (const file of fs.readdirSync(folder)) {
    const name = file.slice(0, -3)
    if (file.endsWith('.js') && name !== 'main') writeCache(name)
  }
}

if (writing) writeCaches()
else load('main').start()
