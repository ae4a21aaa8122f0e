import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { announce } from './announcer.tsx';
import { IconButton } from './button.tsx';
import { copyText } from './copy.ts';

/** A value to be compared or pasted elsewhere, a hash or a path: whole, left to right, with a button that copies it. */
export function Digest({ value, label }: { value: string; label: string }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(value))) return;
    setCopied(true);
    announce(t('copied'));
    setTimeout(() => setCopied(false), 1600);
  };
  return (
    <span className="inline-flex max-w-full items-center gap-1 align-middle">
      <code className="data">{value}</code>
      <IconButton
        icon={copied ? Check : Copy}
        label={t('copyValue', { what: label })}
        className="size-6"
        onPress={() => void copy()}
      />
    </span>
  );
}
