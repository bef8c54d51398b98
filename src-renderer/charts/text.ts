/** Title of a layer: 'Recurrent' for 'recurrent'. */
export const layerTitle = (layer: string) => layer.charAt(0).toUpperCase() + layer.slice(1)
