const sharp = require('sharp');

async function avatar(req, res) {
  const id = Number(req.user.id);
  await sharp(req.file.buffer).resize(256, 256).png().toFile(`/srv/avatars/${id}.png`);
  res.status(204).end();
}

module.exports = { avatar };
