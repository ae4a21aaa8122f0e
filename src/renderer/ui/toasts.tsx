import { Undo2, X } from 'lucide-react';
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
  Text,
} from 'react-aria-components';
import { useText } from '../i18n/use-text.tsx';
import { Button, IconButton } from './button.tsx';

interface Notice {
  text: string;
  undo?: (() => void) | undefined;
}

const notices = new ToastQueue<Notice>({ maxVisibleToasts: 2 });

/** Says what was just done, in a corner, with a way back where there is one. It goes by itself; nothing is lost by it. */
export function notify(text: string, undo?: () => void): void {
  notices.add({ text, undo }, { timeout: undo ? 10_000 : 5000 });
}

/** The corner in which notices stand; once per page. */
export function Toasts() {
  const t = useText();
  return (
    <ToastRegion
      queue={notices}
      aria-label={t('notices')}
      className="fixed end-4 bottom-4 z-50 flex max-w-[calc(100vw-2rem)] flex-col-reverse gap-2"
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className="flex items-center gap-2 rounded-lg bg-raised py-1.5 ps-3 pe-1.5 text-sm text-ink shadow-over forced-colors:border"
        >
          <ToastContent className="min-w-0 flex-1">
            <Text slot="title" className="wrap-anywhere">
              {toast.content.text}
            </Text>
          </ToastContent>
          {toast.content.undo && (
            <Button
              size="small"
              icon={Undo2}
              onPress={() => {
                toast.content.undo?.();
                notices.close(toast.key);
              }}
            >
              {t('undo')}
            </Button>
          )}
          <IconButton slot="close" icon={X} label={t('close')} className="size-6.5" />
        </Toast>
      )}
    </ToastRegion>
  );
}
