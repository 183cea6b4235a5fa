// Renders the view once.
console.log(view('web'))
