import './strict.ts';
import '../styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from '../i18n/language.tsx';
import { preferences, showTheme } from './preferences.ts';
import { queryClient } from './query.ts';
import { router } from './routes.tsx';

showTheme();
// So that nobody sees the other theme or language first; a core that is slow to answer is not waited for long.
await Promise.race([preferences.load(), new Promise((resolve) => setTimeout(resolve, 600))]);

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);
