'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, type ButtonSize, IconButton } from './button';

export type CopyButtonProps = {
  text: string;
  /** The button's name: "Copy SQL". */
  label: string;
  /** Show the label beside the icon. */
  hasText?: boolean;
  size?: ButtonSize;
  className?: string;
};

/** Copies `text`; says for two seconds whether that worked. */
export function CopyButton({ text, label, hasText, size = 'small', className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'Copied' | 'Copying failed' | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => setOutcome((await copyText(text)) ? 'Copied' : 'Copying failed');
  const icon = outcome === 'Copied' ? <Check aria-hidden /> : <Copy aria-hidden />;
  return (
    <>
      {hasText ? (
        <Button size={size} className={className} onClick={copy}>
          {icon}
          {outcome ?? label}
        </Button>
      ) : (
        <IconButton label={label} title={outcome ?? label} size={size} className={className} onClick={copy}>
          {icon}
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {outcome}
      </span>
    </>
  );
}

/** The clipboard needs a secure context; a plain-http address on the local network gets the old way. */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied;
}
