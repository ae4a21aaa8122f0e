/**
 * What expressions evaluated in a page have in common. They run in the recorder's own world: the page sees none of these names.
 * `deepAll` looks through open shadow roots as well.
 */
export const inPage = `
const deepAll = (selector, from = document) => {
  const found = [...from.querySelectorAll(selector)];
  for (const element of from.querySelectorAll('*')) if (element.shadowRoot) found.push(...deepAll(selector, element.shadowRoot));
  return found;
};
const visible = (element) => {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false })) return false;
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
};
`;
