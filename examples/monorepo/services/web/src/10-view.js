// The only view.
const view = (name) => `<p>${name} __VERSION__</p>`
