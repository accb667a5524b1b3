export const pipelines = {
  title: 'Funil',
}
