import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { importsOf, sqlViolation, violation } from './layers.ts';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.tsx?$/.test(path) && existsSync(path));

let imports = 0;
const found: string[] = [];
for (const path of files) {
  const text = readFileSync(path, 'utf8');
  const sql = sqlViolation(path, text);
  if (sql !== null) found.push(sql);
  for (const one of importsOf(path, text)) {
    imports += 1;
    const reason = violation(one);
    if (reason !== null) found.push(reason);
  }
}

// A checker that sees nothing must not say that all is well.
if (files.length < 50 || imports < 100)
  found.push(`only ${files.length} files and ${imports} imports were seen: the check itself is broken`);

for (const reason of found) console.error(reason);
console.log(`layers: ${files.length} files, ${imports} imports, ${found.length} violations`);
process.exitCode = found.length === 0 ? 0 : 1;
