import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, ToolboxComponent, TooltipComponent,
  VisualMapContinuousComponent,
} from 'echarts/components'
import * as echarts from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

echarts.use([
  CustomChart, LineChart, ScatterChart,
  DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, ToolboxComponent, TooltipComponent,
  VisualMapContinuousComponent, LabelLayout, CanvasRenderer,
])

/** ECharts with only the modules that the charts use. */
export { echarts }
