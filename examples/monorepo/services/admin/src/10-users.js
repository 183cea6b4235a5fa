// The people who may change settings.
const users = ['ada', 'grace']
