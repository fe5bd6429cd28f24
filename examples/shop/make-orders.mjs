// Writes customers.csv and orders.csv of a made-up coffee shop: node examples/shop/make-orders.mjs
// Customers buy at a pace of their own until they stop; how soon they stop depends on the channel they came by and on
// late deliveries. The same seed gives the same bytes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from 'churnlab';

const CUSTOMERS = 320;
const FIRST_DAY = Date.UTC(2023, 0, 1);
const DAYS = 640;
const DAY = 86_400_000;
const CHANNELS = ['search', 'friend', 'voucher'];
/** Chance to stop after each order. */
const STOPPING = { search: 0.06, friend: 0.03, voucher: 0.15 };

const random = seededRandom(2024);
const customers = [];
const orders = [];
for (let number = 1; number <= CUSTOMERS; number++) {
  const channel = CHANNELS[random.integer(3)];
  const gap = 12 + random.integer(25);
  const basket = 1400 + random.integer(2600);
  const joined = random.integer(DAYS - 60);
  customers.push([`K${number}`, day(joined), channel, ['Lisbon', 'Porto', 'Faro'][random.integer(3)]]);
  for (let at = joined; at < DAYS; at += Math.max(1, Math.round(-Math.log(1 - random.uniform()) * gap))) {
    const isLate = random.uniform() < 0.12;
    const cents = Math.round(basket * (0.6 + 0.8 * random.uniform()));
    orders.push({ at, cells: [`K${number}`, moment(at, random), (cents / 100).toFixed(2), isLate ? 'yes' : 'no'] });
    if (random.uniform() < STOPPING[channel] * (isLate ? 3 : 1)) break;
  }
}
orders.sort((a, b) => a.at - b.at);
write('customers.csv', ['customer', 'joined', 'found us by', 'city'], customers);
write('orders.csv', ['order', 'customer', 'ordered', 'total', 'late'], orders.map(({ cells }, index) => [`O${index + 1}`, ...cells]));

function day(number) {
  return new Date(FIRST_DAY + number * DAY).toISOString().slice(0, 10);
}

/** A time of day between 8:00 and 20:00, as the shop's till writes it. */
function moment(number, { integer }) {
  return `${day(number)} ${String(8 + integer(12)).padStart(2, '0')}:${String(integer(60)).padStart(2, '0')}`;
}

function write(file, header, rows) {
  const text = [header, ...rows].map((cells) => cells.join(',')).join('\n');
  writeFileSync(join(import.meta.dirname, file), `${text}\n`);
}
