// Paths and what they answer.
const routes = { '/health': 'ok', '/version': '__VERSION__' }
