/** The actions that plugin.json declares, and that its proxy routes ask for. */
export const PERMISSIONS = {
  read: 'headroom-capacity-app.forecasts:read',
  propose: 'headroom-capacity-app.recommendations:propose',
  approve: 'headroom-capacity-app.recommendations:approve',
  scale: 'headroom-capacity-app.recommendations:scale',
  admin: 'headroom-capacity-app.configuration:write',
} as const;

export type Permission = (typeof PERMISSIONS)[keyof typeof PERMISSIONS];
