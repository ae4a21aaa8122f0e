/**
 * How one kind of consent banner is known and answered. Selectors look through open shadow roots. A way is a list of selectors pressed one
 * after the other; the first way whose first button is there is taken.
 */
export interface BannerRule {
  id: string;
  /** Something of the banner that is visible while it stands. */
  banner: string;
  refuse: readonly (readonly string[])[];
  accept: readonly (readonly string[])[];
  /** Only in documents whose address matches: for platforms whose banner has no name of its own. */
  host?: RegExp;
  /** The banner is a page of its own, which is left by its buttons. */
  wholePage?: boolean;
}

/** The common banners. Their names do not depend on the language. */
export const bannerRules: readonly BannerRule[] = [
  {
    id: 'onetrust',
    banner: '#onetrust-banner-sdk, #onetrust-consent-sdk .ot-sdk-container, #onetrust-pc-sdk',
    refuse: [
      ['#onetrust-reject-all-handler'],
      ['.ot-pc-refuse-all-handler'],
      ['#onetrust-pc-btn-handler', '.ot-pc-refuse-all-handler, .save-preference-btn-handler'],
      ['.onetrust-close-btn-handler.banner-close-button'],
    ],
    accept: [['#onetrust-accept-btn-handler'], ['#accept-recommended-btn-handler']],
  },
  {
    id: 'didomi',
    banner: '#didomi-notice, #didomi-popup, .didomi-popup-open #didomi-host',
    refuse: [
      ['#didomi-notice-disagree-button'],
      ['.didomi-continue-without-agreeing'],
      [
        '#didomi-notice-learn-more-button',
        '.didomi-consent-popup-actions button:first-child, #btn-toggle-disagree',
        '.didomi-consent-popup-actions button:last-child',
      ],
    ],
    accept: [['#didomi-notice-agree-button'], ['#btn-toggle-agree']],
  },
  {
    id: 'cookiebot',
    banner: '#CybotCookiebotDialog',
    refuse: [
      ['#CybotCookiebotDialogBodyButtonDecline'],
      ['#CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll'],
      ['#CybotCookiebotDialogBodyLevelButtonLevelOptinAllowallSelection'],
    ],
    accept: [
      ['#CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll'],
      ['#CybotCookiebotDialogBodyButtonAccept'],
    ],
  },
  {
    id: 'quantcast',
    banner: '#qc-cmp2-container, .qc-cmp2-container',
    refuse: [
      ['.qc-cmp2-summary-buttons button[mode="secondary"]:not(#more-options-btn)'],
      ['#disagree-btn'],
      [
        '.qc-cmp2-summary-buttons button[mode="secondary"]',
        '.qc-cmp2-header-links button:first-child, .qc-cmp2-buttons-desktop button:first-child',
        '.qc-cmp2-buttons-desktop button[mode="primary"], .qc-cmp2-footer button[mode="primary"]',
      ],
    ],
    accept: [['#accept-btn'], ['.qc-cmp2-summary-buttons button[mode="primary"]']],
  },
  {
    id: 'trustarc',
    banner: '#truste-consent-track, #consent_blackbar, .truste_box_overlay, .pdynamicbutton',
    refuse: [['#truste-consent-required'], ['.rejectAll, .declineAllButtonLower'], ['a.required, .required']],
    accept: [['#truste-consent-button'], ['.acceptAllButtonLower, a.call, .acceptAll']],
  },
  {
    id: 'usercentrics',
    banner:
      '#usercentrics-root, #usercentrics-cmp-ui, [data-testid="uc-default-wall"], [data-testid="uc-default-banner"]',
    refuse: [
      ['[data-testid="uc-deny-all-button"]'],
      ['#deny.uc-deny-button, button#deny'],
      ['[data-testid="uc-more-button"]', '[data-testid="uc-deny-all-button"]'],
    ],
    accept: [['[data-testid="uc-accept-all-button"]'], ['button#accept.uc-accept-button, button#accept']],
  },
  {
    id: 'sourcepoint',
    banner: '.message-component.message-row, .message.type-modal, .message.type-bottom-sticky, #notice',
    host: /(?:sp-prod|privacy-mgmt|sourcepoint|consent|cmp|sp_message|message_id)/i,
    refuse: [
      ['.sp_choice_type_13'],
      ['button.sp_choice_type_REJECT_ALL'],
      ['.sp_choice_type_12', '.sp_choice_type_REJECT_ALL, .sp_choice_type_SE'],
    ],
    accept: [['.sp_choice_type_11'], ['.sp_choice_type_ACCEPT_ALL']],
  },
  {
    id: 'axeptio',
    banner: '#axeptio_overlay, .axeptio_mount',
    refuse: [['#axeptio_btn_dismiss'], ['[data-testid="axeptio-dismiss"], button.dismiss']],
    accept: [['#axeptio_btn_acceptAll'], ['button.accept']],
  },
  {
    id: 'tarteaucitron',
    banner: '#tarteaucitronAlertBig, #tarteaucitronRoot #tarteaucitronPremium',
    refuse: [['#tarteaucitronAllDenied2'], ['#tarteaucitronCloseAlert', '#tarteaucitronAllDenied']],
    accept: [['#tarteaucitronPersonalize2'], ['#tarteaucitronAllAllowed2'], ['#tarteaucitronPersonalize']],
  },
  {
    id: 'klaro',
    banner: '.klaro .cookie-notice, .klaro .cookie-modal',
    refuse: [['.klaro .cn-decline'], ['.klaro .cm-btn-decline']],
    accept: [['.klaro .cm-btn-success:not(.cm-btn-info)'], ['.klaro .cm-btn-accept-all']],
  },
  {
    id: 'cookieyes',
    banner: '.cky-consent-container, #cookie-law-info-bar, .cky-consent-bar',
    refuse: [['.cky-btn-reject'], ['#cookie_action_close_header_reject, .cookie_action_close_header_reject']],
    accept: [['.cky-btn-accept'], ['#wt-cli-accept-all-btn, #cookie_action_close_header']],
  },
  {
    id: 'complianz',
    banner: '.cmplz-cookiebanner, #cmplz-cookiebanner-container, #cookie-notice.cmplz',
    refuse: [['.cmplz-cookiebanner .cmplz-deny, .cmplz-btn.cmplz-deny']],
    accept: [['.cmplz-cookiebanner .cmplz-accept, .cmplz-btn.cmplz-accept']],
  },
  {
    id: 'google',
    host: /^https:\/\/consent\.(?:google|youtube)\.[a-z.]+\//,
    wholePage: true,
    banner: 'form[action*="/save"]',
    refuse: [
      ['form[action*="/save"] button[jsname="tWT92d"]'],
      ['form[action*="/save"]:first-of-type button'],
    ],
    accept: [
      ['form[action*="/save"] button[jsname="b3VHJd"]'],
      ['form[action*="/save"]:nth-of-type(2) button'],
    ],
  },
  {
    id: 'google-search',
    host: /^https:\/\/(?:www\.)?google\.[a-z.]+\//,
    banner: '#CXQnmb',
    refuse: [['button#W0wltc']],
    accept: [['button#L2AGLb']],
  },
  {
    id: 'youtube',
    host: /^https:\/\/(?:www|m)\.youtube\.com\//,
    banner: 'ytd-consent-bump-v2-lightbox',
    refuse: [['ytd-consent-bump-v2-lightbox .eom-buttons ytd-button-renderer:first-child button']],
    accept: [['ytd-consent-bump-v2-lightbox .eom-buttons ytd-button-renderer:last-child button']],
  },
  {
    id: 'facebook',
    host: /^https:\/\/(?:[a-z-]+\.)?(?:facebook|instagram)\.com\//,
    banner: '[data-testid="cookie-policy-manage-dialog"], [data-cookiebanner="banner"]',
    refuse: [
      ['[data-cookiebanner="accept_only_essential_button"]'],
      ['[data-testid="cookie-policy-manage-dialog-decline-button"]'],
    ],
    accept: [
      ['[data-cookiebanner="accept_button"]'],
      ['[data-testid="cookie-policy-manage-dialog-accept-button"]'],
    ],
  },
  {
    id: 'x',
    host: /^https:\/\/(?:[a-z]+\.)?(?:x|twitter)\.com\//,
    banner: '[data-testid="BottomBar"]',
    refuse: [
      [
        '[data-testid="BottomBar"] div[role="button"]:last-of-type, [data-testid="BottomBar"] button:last-of-type',
      ],
    ],
    accept: [
      [
        '[data-testid="BottomBar"] div[role="button"]:first-of-type, [data-testid="BottomBar"] button:first-of-type',
      ],
    ],
  },
];
