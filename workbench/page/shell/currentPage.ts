import { createContext } from 'react';

/** Which of the navigation's places the address shows: its title stands where a page names none of its own. */
export const CurrentPageContext = createContext<{ readonly title: string; readonly href: string }>({
  title: 'Headroom',
  href: '/',
});
