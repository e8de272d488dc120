module.exports = (err, req, res, next) => {
  console.error(err.name);
  res.status(500).send({ message: err.message, stack: err.stack }); // expect: CWE-209
};
