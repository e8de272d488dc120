const { Sequelize } = require('sequelize');

const sequelize = new Sequelize(process.env.DATABASE_URL);

class ReportService {
  async totals(region, year) {
    const [rows] = await sequelize.query(
      `SELECT month, SUM(amount) AS total FROM sales WHERE region = '${region}' AND year = ${year} GROUP BY month` // expect: CWE-89
    );
    return rows;
  }
}

module.exports = { ReportService };
