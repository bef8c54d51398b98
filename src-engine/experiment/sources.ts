/** Sources of equations and numbers, as shown in the form. */
export const sources = {
  paper: 'arXiv 2108.01804',
  code: 'public code of arXiv 2108.01804',
  eprop: 'Bellec et al., Nat. Commun. 11, 3625 (2020)',
  device: 'Nandakumar et al., J. Appl. Phys. 124, 152135 (2018)',
  nest: 'NEST, eprop_iaf',
} as const
