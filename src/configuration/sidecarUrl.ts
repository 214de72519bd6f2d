import { t } from '../translations';

/** What is wrong with an address of the sidecar; null where nothing is. */
export function urlProblem(text: string): string | null {
  if (text === '') {
    return t('configuration.url.missing', 'Enter the address of the sidecar.');
  }
  if (!URL.canParse(text)) {
    return t('configuration.url.invalid', 'Enter a whole address, such as http://headroom:8370.');
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return t('configuration.url.protocol', 'The address must begin with http:// or https://.');
  }
  if (url.username !== '' || url.password !== '') {
    return t('configuration.url.credentials', 'Leave user and password out of the address; the token goes below.');
  }
  if (url.search !== '' || url.hash !== '') {
    return t('configuration.url.query', 'Leave out everything from “?” or “#” on.');
  }
  return null;
}

/** The address as it is stored: without spaces around it and slashes behind it. */
export function tidyUrl(text: string): string {
  return text.trim().replace(/\/+$/, '');
}
