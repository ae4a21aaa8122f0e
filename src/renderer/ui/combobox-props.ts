/**
 * What makes a field a combobox to assistive technology where its list is always open beside it. The field keeps the focus; the
 * list is walked with the arrow keys and needs none of its own.
 */
export const comboboxProps = { role: 'combobox', 'aria-expanded': true, 'aria-haspopup': 'listbox' } as const;
