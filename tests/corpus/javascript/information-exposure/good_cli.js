const { runJob } = require('./jobs');

runJob(process.argv[2]).catch((error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
