const { runJob } = require('./jobs');

async function job(req, res) {
  try {
    res.json(await runJob(req.params.name));
  } catch (error) {
    console.error(error.stack);
    res.status(500).json({ error: 'the job failed' });
  }
}

module.exports = { job };
