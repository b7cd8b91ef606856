<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AddModel</name>
    <message>
        <source>Add a model to the next run</source>
        <translation>为下一次训练添加模型</translation>
    </message>
    <message>
        <source>A run trains eight models at most.</source>
        <translation>一次训练最多八个模型。</translation>
    </message>
</context>
<context>
    <name>AnalogyRow</name>
    <message>
        <source>A − B + C, decoded</source>
        <translation>A − B + C 的解码图像</translation>
    </message>
    <message>
        <source>Nearest image</source>
        <translation>最近图像</translation>
    </message>
    <message>
        <source>Point at an image on a map and press its letter. Not chosen yet: {letters}.</source>
        <translation>在图上指向一幅图像，然后按其字母键。尚未选定：{letters}。</translation>
    </message>
    <message>
        <source>Nearest by Euclidean distance of codes, in units of the code; A, B and C themselves are left out.</source>
        <translation>按编码的欧氏距离（编码单位）最近；A、B、C 本身除外。</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Start it again</source>
        <extracomment>Interval at which freed memory is returned to the system. Python&apos;s thread switch interval in seconds: with the default of 5 ms a meter that measures during a drag delays its pictures by as much. Interval at which a change of language that a dialog has blocked is retried.</extracomment>
        <translation>重新启动</translation>
    </message>
</context>
<context>
    <name>AppliedRow</name>
    <message>
        <source>Direction applied to {model}</source>
        <extracomment>Tiles are at integer steps of the slider, with half a step beyond the outermost ones.</extracomment>
        <translation>应用于{model}的方向</translation>
    </message>
</context>
<context>
    <name>ArithmeticOverlay</name>
    <message>
        <source>This image as {0} of A − B + C</source>
        <extracomment>Squares with corners of this radius (px): rings are stops of a path.</extracomment>
        <translation>将此图像设为 A − B + C 的 {0}</translation>
    </message>
</context>
<context>
    <name>AverageColumn</name>
    <message>
        <source>Decoded image under the cursor, the mean</source>
        <extracomment>Sides of the two pictures in px: at least, and at most; and the width that the words beside them keep. Larger than the height of any text in px.</extracomment>
        <translation>光标处的解码图像（均值）</translation>
    </message>
    <message>
        <source>Average of the data at the cursor</source>
        <translation>光标处数据的平均</translation>
    </message>
    <message>
        <source>images in it</source>
        <translation>其中图像</translation>
    </message>
    <message>
        <source>decoded − average</source>
        <translation>解码 − 平均</translation>
    </message>
    <message>
        <source>decoded: mean</source>
        <translation>解码：均值</translation>
    </message>
    <message>
        <source>average of data</source>
        <translation>数据的平均</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>不可用</translation>
    </message>
</context>
<context>
    <name>AxesChooser</name>
    <message>
        <source>Dimension across</source>
        <extracomment>Width of a number field in px.</extracomment>
        <translation>横轴的潜变量维度</translation>
    </message>
    <message>
        <source>Dimension up</source>
        <translation>纵轴的潜变量维度</translation>
    </message>
    <message>
        <source>Swap the two axes</source>
        <translation>交换两轴</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>纵轴</translation>
    </message>
</context>
<context>
    <name>AxesMenu</name>
    <message>
        <source>Axes of the map</source>
        <translation>潜空间图的坐标轴</translation>
    </message>
    <message>
        <source>Through images {0}</source>
        <translation>过图像 {0}</translation>
    </message>
    <message>
        <source>PCA plane</source>
        <translation>PCA 平面</translation>
    </message>
    <message>
        <source>All latent dimensions are on the map as they are</source>
        <translation>图上直接显示全部潜变量维度</translation>
    </message>
    <message>
        <source>Most active: {0}</source>
        <translation>最活跃：{0}</translation>
    </message>
    <message>
        <source>Any two dimensions…</source>
        <translation>任选两个维度…</translation>
    </message>
    <message>
        <source>Other dimensions</source>
        <translation>其余维度</translation>
    </message>
    <message>
        <source>Plane through three images</source>
        <translation>过三幅图像的平面</translation>
    </message>
    <message>
        <source>Held at the prior&apos;s mean</source>
        <translation>固定在先验均值</translation>
    </message>
    <message>
        <source>Images A, B and C</source>
        <translation>图像 A、B、C</translation>
    </message>
    <message>
        <source>Choose A, B and C for an interpolation first.</source>
        <translation>请先为插值选定 A、B、C。</translation>
    </message>
    <message>
        <source>Last three picked images</source>
        <translation>最近选择的三幅图像</translation>
    </message>
    <message>
        <source>Pick three images first.</source>
        <translation>请先选择三幅图像。</translation>
    </message>
    <message>
        <source>Held at the picked image</source>
        <translation>固定为所选图像的编码</translation>
    </message>
    <message>
        <source>Held at the mean of all codes</source>
        <translation>固定为全部编码的均值</translation>
    </message>
    <message>
        <source>Held at zero</source>
        <translation>固定为零</translation>
    </message>
</context>
<context>
    <name>Belongings</name>
    <message>
        <source>Kept for when you return to {title}: {what}.</source>
        <extracomment>Stored choices by the data&apos;s fingerprint, oldest first. Choices removed since the last message, by data set, and sentences about those of models.</extracomment>
        <translation>已保留，待回到 {title} 时恢复：{what}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Places set as stops were in the former model&apos;s code space and are gone.</source>
        <translation>在先前模型的编码空间中设定的路径点已移除。</translation>
    </message>
    <message>
        <source>the picked image</source>
        <translation>所选图像</translation>
    </message>
    <message>
        <source>classes shown grey</source>
        <translation>置灰的类别</translation>
    </message>
    <message>
        <source>stops of the path</source>
        <translation>路径点</translation>
    </message>
    <message>
        <source>groups of images</source>
        <translation>图像组</translation>
    </message>
    <message>
        <source>the terms of A − B + C</source>
        <translation>A − B + C 的各项</translation>
    </message>
    <message>
        <source>your image</source>
        <translation>自选图像</translation>
    </message>
    <message>
        <source>the selected images</source>
        <translation>选中的图像</translation>
    </message>
</context>
<context>
    <name>BetaControl</name>
    <message>
        <source>β, weight of the KL divergence</source>
        <extracomment>Minimum width in px for the text that it belongs to the next run. The applied β during warm-up; None if it equals the setting.</extracomment>
        <translation>β：KL 散度的权重</translation>
    </message>
    <message>
        <source>β, exact</source>
        <translation>β 的精确值</translation>
    </message>
    <message>
        <source>β back to 1</source>
        <translation>β 恢复为 1</translation>
    </message>
    <message>
        <source>no model here uses β</source>
        <translation>现有模型均不使用 β</translation>
    </message>
    <message>
        <source>None of these models has β in its loss; the setting is kept for the next one that has.</source>
        <translation>这些模型的损失中都没有 β；此设置会留给下一个使用 β 的模型。</translation>
    </message>
    <message>
        <source>The models on show keep the β that they were trained with.</source>
        <translation>所示模型保持其训练时的 β。</translation>
    </message>
    <message>
        <source>next run: β</source>
        <translation>下次训练：β</translation>
    </message>
    <message>
        <source>acting: {beta}</source>
        <translation>实际：{beta}</translation>
    </message>
    <message>
        <source>Acting now: {beta}. It grows from 0 to what is set over the KL warm-up.</source>
        <translation>当前实际值：{beta}。在 KL 预热期间从 0 增长到设定值。</translation>
    </message>
    <message>
        <source>each model has a β of its own</source>
        <translation>每个模型都有自己的 β</translation>
    </message>
    <message>
        <source>Each of these models has a β of its own: set it in the training panel.</source>
        <translation>这些模型各有自己的 β：请在训练面板中设置。</translation>
    </message>
    <message>
        <source>Not for models that have a β of their own: {numbers}.</source>
        <translation>不作用于有自己 β 的模型：{numbers}。</translation>
    </message>
</context>
<context>
    <name>CardFields</name>
    <message>
        <source>shared</source>
        <extracomment>Shown as &quot;shared&quot;: the model uses the common value. The model&apos;s own knobs that a schedule lowers, with the applied values.</extracomment>
        <translation>共用</translation>
    </message>
    <message>
        <source>A value of this model alone; “shared” takes the one that all models have.</source>
        <translation>仅用于此模型的值；“共用”则使用所有模型的值。</translation>
    </message>
    <message>
        <source>Acts on the next step.</source>
        <translation>从下一步起生效。</translation>
    </message>
    <message>
        <source>Acting now: {value}. It grows from 0 to what is set over the KL warm-up.</source>
        <translation>当前实际值：{value}。在 KL 预热期间从 0 增长到设定值。</translation>
    </message>
</context>
<context>
    <name>ChangeNote</name>
    <message>
        <source>Training…</source>
        <extracomment>Duration of the note (ms).</extracomment>
        <translation>训练中…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Training failed</source>
        <translation>训练失败</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>加载中…</translation>
    </message>
</context>
<context>
    <name>ChooseModelDialog</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>{name} holds {count} models. Which one is to stand in this pane?</source>
        <translation>{name} 含有 {count} 个模型。此窗格显示哪一个？</translation>
    </message>
    <message>
        <source>Models of the checkpoint</source>
        <translation>检查点中的模型</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ClassMenu</name>
    <message>
        <source>Add a class to the group</source>
        <translation>将一个类别加入此组</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>添加类别</translation>
    </message>
    <message>
        <source>These images have no classes</source>
        <translation>这些图像没有类别</translation>
    </message>
    <message>
        <source>Find a class</source>
        <translation>查找类别</translation>
    </message>
    <message>
        <source>Select all images of a class</source>
        <translation>选择某一类别的所有图像</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
</context>
<context>
    <name>ClassNamesOverlay</name>
    <message>
        <source>names of the {named} largest of {count} classes</source>
        <extracomment>Maximum number of named classes, the largest ones; more would hide the points. Maximum number of points of a class for its median. Maximum width of a name in font heights; longer ones are elided in the middle. Maximum distance of a name from its class&apos;s median, to avoid collisions, in lines of text. Distance between a name and its median from which a leader line is drawn, in lines of text. Maximum share of a map&apos;s area covered by names; and the shorter side in px of maps with small names. Number of classes, named or not. Positions of names when the animation began, and as last painted.</extracomment>
        <translation>{count} 个类别中最大的 {named} 个的名称</translation>
    </message>
    <message>
        <source>{named} of {count} classes named</source>
        <translation>标出 {count} 个类别中的 {named} 个</translation>
    </message>
</context>
<context>
    <name>ClassSwitch</name>
    <message>
        <source>Class {0}</source>
        <extracomment>The class&apos;s name. It is painted, because &quot;&amp;&quot; in a button&apos;s text would define a shortcut.</extracomment>
        <translation>类别 {0}</translation>
    </message>
    <message>
        <source>{0}: click to grey out, double-click to see it alone</source>
        <translation>{0}：单击置灰，双击只看此类</translation>
    </message>
</context>
<context>
    <name>ClassSwitches</name>
    <message>
        <source>Classes</source>
        <extracomment>Visible switches; more may exist.</extracomment>
        <translation>类别</translation>
    </message>
</context>
<context>
    <name>CodeBars</name>
    <message>
        <source>All dimensions of the code</source>
        <translation>编码的全部维度</translation>
    </message>
</context>
<context>
    <name>CodeReadout</name>
    <message>
        <source>Code under the cursor</source>
        <extracomment>Every cell has room for this number, and positions are fixed for that one, so that changing numbers do not move. Gap between two cells in a line, if there is room.</extracomment>
        <translation>光标处的编码</translation>
    </message>
</context>
<context>
    <name>ColourMenu</name>
    <message>
        <source>Colour of the points</source>
        <translation>点的颜色</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>training or held-out</source>
        <translation>训练或留出</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Colour: {0}</source>
        <translation>颜色：{0}</translation>
    </message>
    <message>
        <source>Find a factor</source>
        <translation>查找因子</translation>
    </message>
    <message>
        <source>Legend…</source>
        <translation>图例…</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>No command is called like this.</source>
        <translation>没有名称匹配的命令。</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Side by side</source>
        <extracomment>Height in px of a row with its hairline, if its text is not taller. Minimum number of lines of text below the table. Indices of rows.</extracomment>
        <translation>并排比较</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <extracomment>Text below the table, in full and in shorter forms, and the difference of the models. Terms explained in the caption&apos;s tool tip. Of the rows.</extracomment>
        <translation>重构损失</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Total at β = 1</source>
        <translation>总损失（β = 1）</translation>
    </message>
    <message>
        <source>Active units need more than a single image.</source>
        <translation>只有一幅图像，无法判断单元是否活跃。</translation>
    </message>
    <message>
        <source>This evaluation has no effective rank; a later one may.</source>
        <translation>此次评估没有有效秩；之后的评估可能会有。</translation>
    </message>
    <message>
        <source>nats per image</source>
        <translation>nats/图像</translation>
    </message>
    <message>
        <source>MSE per pixel</source>
        <translation>每像素 MSE</translation>
    </message>
    <message>
        <source>Dimensions used</source>
        <translation>使用的维度</translation>
    </message>
    <message>
        <source>β and learning rate as they were applied in that step.</source>
        <translation>该步实际采用的 β 和学习率。</translation>
    </message>
    <message>
        <source>Nothing was measured up to step {0}.</source>
        <translation>到第 {0} 步为止尚无测量。</translation>
    </message>
    <message>
        <source>Figures come with the first held-out evaluation.</source>
        <translation>首次留出评估后显示数值。</translation>
    </message>
    <message>
        <source>Figures are means over the images below, ± their standard error.</source>
        <translation>数值是下方所列图像上的平均值 ± 其标准误。</translation>
    </message>
    <message>
        <source>↓ lower is better, ± standard error</source>
        <translation>↓ 越低越好，± 标准误</translation>
    </message>
    <message>
        <source>A measure without ↓ has no better side by itself.</source>
        <translation>没有 ↓ 的指标本身无所谓高低好坏。</translation>
    </message>
    <message>
        <source>Gap: held-out − training</source>
        <translation>差距：留出 − 训练</translation>
    </message>
    <message>
        <source>{0}, step {1}</source>
        <translation>{0}，第 {1} 步</translation>
    </message>
    <message>
        <source>{0} training images, none held out</source>
        <translation>训练 {0} 幅图像，无留出</translation>
    </message>
    <message>
        <source>{0} held-out images</source>
        <translation>留出 {0} 幅图像</translation>
    </message>
    <message>
        <source>{0} · left step {1}, right step {2}</source>
        <translation>{0} · 左侧第 {1} 步，右侧第 {2} 步</translation>
    </message>
    <message>
        <source>{0} · step {1}</source>
        <translation>{0} · 第 {1} 步</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>This model has no posterior: a code is a point, and there is no KL.</source>
        <translation>此模型没有后验：编码是一个点，因此没有 KL 散度。</translation>
    </message>
    <message>
        <source>No image is held out: all are trained on.</source>
        <translation>没有留出图像：全部用于训练。</translation>
    </message>
    <message>
        <source>This evaluation did not keep it; the next one does.</source>
        <translation>此次评估未保存此值；下一次评估会保存。</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Contact sheet</source>
        <extracomment>Side of a picture in px, and margin of a cell. Number of cached pictures. Index of the image selected by keyboard, and of the one under the pointer; -1 for none.</extracomment>
        <translation>缩略图表</translation>
    </message>
    <message>
        <source>{value} nats</source>
        <translation>{value} nats</translation>
    </message>
</context>
<context>
    <name>ContinuingController</name>
    <message>
        <source>Where you left off: {session}.</source>
        <translation>上次的进度：{session}。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>CopyableDialog</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>CurvesDock</name>
    <message>
        <source>Loss curves</source>
        <extracomment>Zoom factor of the key +. Separator of the parts of the legend line. Whether models or names have changed since the last drawing.</extracomment>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>Loss, nats per image</source>
        <translation>损失，nats/图像</translation>
    </message>
    <message>
        <source>Loss shown</source>
        <translation>显示的损失</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总损失</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重构损失</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>{0} loss, nats per image</source>
        <translation>{0}损失，nats/图像</translation>
    </message>
    <message>
        <source>step {0}</source>
        <extracomment>(as shown, as plain text, whether it is left out where room is short) of each part.</extracomment>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>n/a</source>
        <extracomment>Width and height of the plot in px, and minimum distance of ticks. Margin for numbers left of the plot, and for numbers and the axis title below it. Minimum distance of two marks&apos; texts.</extracomment>
        <translation>不适用</translation>
    </message>
    <message>
        <source>solid: training · no image is held out</source>
        <translation>实线：训练 · 无留出图像</translation>
    </message>
    <message>
        <source>solid: training, β = {0} · dashed: held-out, β = 1</source>
        <translation>实线：训练，β = {0} · 虚线：留出，β = 1</translation>
    </message>
    <message>
        <source>solid: training · dashed: held-out</source>
        <translation>实线：训练 · 虚线：留出</translation>
    </message>
    <message>
        <source>Training / held-out, in {unit}.</source>
        <translation>训练 / 留出，单位：{unit}。</translation>
    </message>
    <message>
        <source>Lower is better.</source>
        <translation>越低越好。</translation>
    </message>
    <message>
        <source>Higher is better.</source>
        <translation>越高越好。</translation>
    </message>
    <message>
        <source>Training: reconstruction + β · KL, β as applied. Held-out: reconstruction + KL, as at β = 1. With another β the two lines of a model are different sums, and a gap between them is no overfitting: compare reconstruction and KL one by one.</source>
        <translation>训练：重构 + β · KL，β 为当时实际采用的值。留出：重构 + KL，即 β = 1。β 不为 1 时，同一模型的两条线是不同的和，其间的差距并非过拟合：请分别比较重构与 KL。</translation>
    </message>
    <message>
        <source>Training: mean over the last {0} steps, every step faint behind.</source>
        <translation>训练：最近 {0} 步的平均值，背后的淡线为每一步。</translation>
    </message>
    <message>
        <source>As applied in step {0}: {1}.</source>
        <translation>第 {0} 步实际使用：{1}。</translation>
    </message>
    <message>
        <source>Press Train: the curves of all models are drawn here.</source>
        <translation>按“训练”后，所有模型的损失曲线会显示在这里。</translation>
    </message>
    <message>
        <source>Training / held-out, in nats per image.</source>
        <translation>训练 / 留出，单位为 nats/图像。</translation>
    </message>
    <message>
        <source>model {0}</source>
        <extracomment>The loss terms offered for every model.</extracomment>
        <translation>模型 {0}</translation>
    </message>
</context>
<context>
    <name>DataConsent</name>
    <message>
        <source>This run was trained on images in {path}. Look for them there?</source>
        <extracomment>The paths asked about, and the callback after approval.</extracomment>
        <translation>此次训练所用的图像位于 {path}。要到该处查找吗？</translation>
    </message>
    <message>
        <source>Look there</source>
        <translation>到该处查找</translation>
    </message>
</context>
<context>
    <name>DataController</name>
    <message>
        <source>Looking for data sets</source>
        <extracomment>Arguments for the buttons of messages; separate for each kind, as several may be shown. Whether data are loaded to start a run, which keeps the knobs set for it. The background load of the bundled pair&apos;s images; requests by the user have priority. The load requested by the user (job and config): only the newest counts. Whether a run waits for the list, which shows whether the images of the bundled pair are available.</extracomment>
        <translation>正在查找数据集</translation>
    </message>
    <message>
        <source>Getting the images of {title}</source>
        <translation>正在获取 {title} 的图像</translation>
    </message>
    <message>
        <source>Loading data</source>
        <translation>正在加载数据</translation>
    </message>
    <message>
        <source>The images of {title} are not at hand, so another data set is trained on.</source>
        <translation>{title} 的图像不在手边，改用另一个数据集训练。</translation>
    </message>
    <message>
        <source>{title} is not in the data folder {folder}.</source>
        <translation>数据文件夹 {folder} 中没有 {title}。</translation>
    </message>
    <message>
        <source>Download {size:.0f} MB</source>
        <translation>下载 {size:.0f} MB</translation>
    </message>
    <message>
        <source>Use handwritten digits</source>
        <translation>改用手写数字</translation>
    </message>
    <message>
        <source>New data replaces the present run at step {step}, which has not been saved.</source>
        <translation>新数据会取代当前训练（第 {step} 步），而它尚未保存。</translation>
    </message>
    <message>
        <source>Save first…</source>
        <translation>先保存…</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>直接取代</translation>
    </message>
    <message>
        <source>White level…</source>
        <translation>白电平…</translation>
    </message>
</context>
<context>
    <name>DataMenu</name>
    <message>
        <source>Looking for data sets…</source>
        <extracomment>Maximum width of the title in px, normally and if there is little room.</extracomment>
        <translation>正在查找数据集…</translation>
    </message>
    <message>
        <source>Folder of images…</source>
        <translation>图像文件夹…</translation>
    </message>
    <message>
        <source>Array file…</source>
        <translation>数组文件…</translation>
    </message>
    <message>
        <source>{count} · {size}</source>
        <translation>{count} · {size}</translation>
    </message>
    <message>
        <source>download {size} MB</source>
        <translation>需下载 {size} MB</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Data set: {title}</source>
        <translation>数据集：{title}</translation>
    </message>
</context>
<context>
    <name>DataSummary</name>
    <message>
        <source>show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show the remarks and the files left out</source>
        <translation>查看说明和未读入的文件</translation>
    </message>
    <message>
        <source>No data set yet</source>
        <translation>尚无数据集</translation>
    </message>
    <message>
        <source>Choose one in the toolbar, or drop a folder of images on the window.</source>
        <translation>请在工具栏中选择，或将图像文件夹拖放到窗口上。</translation>
    </message>
    <message>
        <source>1 remark</source>
        <translation>1 条说明</translation>
    </message>
    <message>
        <source>{count} remarks</source>
        <translation>{count} 条说明</translation>
    </message>
    <message>
        <source>1 file left out</source>
        <translation>1 个文件未读入</translation>
    </message>
    <message>
        <source>{count} files left out</source>
        <translation>{count} 个文件未读入</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>{count} images · {height} × {width} {kind}</source>
        <translation>{count} 幅图像 · {height} × {width} {kind}</translation>
    </message>
    <message>
        <source>{train} training · none held out</source>
        <translation>训练 {train} · 无留出</translation>
    </message>
    <message>
        <source>{train} training · {held_out} held-out</source>
        <translation>训练 {train} · 留出 {held_out}</translation>
    </message>
    <message>
        <source>Originals come with the data set: choose it to train.</source>
        <translation>选择此数据集后即可显示原图并训练。</translation>
    </message>
</context>
<context>
    <name>DataTold</name>
    <message>
        <source>There is one more remark.</source>
        <translation>另有 1 条说明。</translation>
    </message>
    <message>
        <source>There are {count} more remarks.</source>
        <translation>另有 {count} 条说明。</translation>
    </message>
    <message>
        <source>1 file was left out of {title}.</source>
        <translation>{title} 中有 1 个文件未读入。</translation>
    </message>
    <message>
        <source>{count} files were left out of {title}.</source>
        <translation>{title} 中有 {count} 个文件未读入。</translation>
    </message>
</context>
<context>
    <name>DifferenceKey</name>
    <message>
        <source>■ brighter ■ darker</source>
        <translation>■ 更亮 ■ 更暗</translation>
    </message>
    <message>
        <source>difference: ■ brighter, ■ darker than the original</source>
        <extracomment>From the longest to the shortest.</extracomment>
        <translation>差异：■ 比原图亮，■ 比原图暗</translation>
    </message>
    <message>
        <source>difference: {0}</source>
        <translation>差异：{0}</translation>
    </message>
</context>
<context>
    <name>DirectionBar</name>
    <message>
        <source>Direction; type to rename it</source>
        <translation>方向；输入文字即可改名</translation>
    </message>
    <message>
        <source>Directions that are kept; type to rename the present one</source>
        <translation>已保留的方向；输入文字可为当前方向改名</translation>
    </message>
    <message>
        <source>Another direction</source>
        <translation>新建方向</translation>
    </message>
    <message>
        <source>Delete this direction</source>
        <translation>删除此方向</translation>
    </message>
    <message>
        <source>Swap the two groups</source>
        <translation>交换两组</translation>
    </message>
</context>
<context>
    <name>DirectionWords</name>
    <message>
        <source>no images yet</source>
        <translation>尚无图像</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 幅图像</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} 幅图像</translation>
    </message>
    <message>
        <source>Direction {number}</source>
        <translation>方向 {number}</translation>
    </message>
    <message>
        <source>group {sign} is empty: add a class, a lasso or images</source>
        <translation>{sign} 组为空：请添加类别、套索或图像</translation>
    </message>
    <message>
        <source>Images of group + on this map: {count}; a direction needs at least {least}.</source>
        <translation>此图上 + 组的图像：{count} 幅；确定方向至少需要 {least} 幅。</translation>
    </message>
    <message>
        <source>Images of group − on this map: {count}; a direction needs at least {least}.</source>
        <translation>此图上 − 组的图像：{count} 幅；确定方向至少需要 {least} 幅。</translation>
    </message>
    <message>
        <source>Both groups hold the same images, so nothing tells them apart.</source>
        <translation>两组的图像相同，无从区分。</translation>
    </message>
    <message>
        <source>Both groups have the same mean code here: no direction between them.</source>
        <translation>两组在此处的平均编码相同：两者之间没有方向。</translation>
    </message>
    <message>
        <source>AUROC n/a: too few images are in one group only</source>
        <translation>AUROC 不适用：只属于一组的图像太少</translation>
    </message>
    <message>
        <source>AUROC …</source>
        <translation>AUROC …</translation>
    </message>
    <message>
        <source>Distance of the means: {distance}, in units of the code; the slider&apos;s unit.</source>
        <translation>均值之距：{distance}（编码单位）；即滑块的单位。</translation>
    </message>
    <message>
        <source>Random directions: median and 95th percentile of the same figure for {count} random directions from a Gaussian with the codes&apos; covariance, each turned the right way by the half that is not scored. {images} images scored, {fewer} of them with random directions.</source>
        <translation>随机方向：从协方差与编码相同的高斯中抽取 {count} 个随机方向，各由未评分的一半图像确定朝向，取同一指标的中位数和第 95 百分位数。共对 {images} 幅图像评分，其中 {fewer} 幅用于随机方向。</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>AUROC {score} · random directions: half above {median}, 1 in 20 above {high}</source>
        <translation>AUROC {score} · 随机方向：一半高于 {median}，二十分之一高于 {high}</translation>
    </message>
    <message>
        <source>One of the three images is not on this map.</source>
        <translation>三幅图像之一不在此图上。</translation>
    </message>
    <message>
        <source>There is no other image to compare with.</source>
        <translation>没有其他图像可供比较。</translation>
    </message>
    <message>
        <source>nearest image: {row}, at distance {distance}</source>
        <translation>最近图像：{row}，距离 {distance}</translation>
    </message>
    <message>
        <source>Direction: mean code of group + ({plus}) minus that of group − ({minus}).</source>
        <translation>方向：+ 组（{plus}）的平均编码减去 − 组（{minus}）的平均编码。</translation>
    </message>
    <message>
        <source>It is cross-validated: the direction is made from one half of the images and judged on the other, both ways.</source>
        <translation>经交叉验证：方向由一半图像求出，在另一半上评判，两半互换各一次。</translation>
    </message>
    <message>
        <source>Images in both groups: {count}. They count in both means and are left out of the score.</source>
        <translation>同属两组的图像：{count} 幅。它们计入两个均值，但不参与评分。</translation>
    </message>
</context>
<context>
    <name>DirectionsController</name>
    <message>
        <source>The direction could not be worked out; see the details.</source>
        <extracomment>Interval of requests during a drag, and during training (ms). The tool&apos;s name as receiver of the lasso. Directions and their scores, or A - B + C; and the strips along a direction. The base codes of the slider; empty until it is moved.</extracomment>
        <translation>无法求出此方向；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>DirectionsPanel</name>
    <message>
        <source>Directions</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Apply to</source>
        <translation>应用于</translation>
    </message>
    <message>
        <source>Picked image</source>
        <translation>所选图像</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>光标</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Put the cursors there</source>
        <translation>将光标移到该处</translation>
    </message>
    <message>
        <source>Draw round images on either map to put them into the chosen group (L on a map; Shift takes out); by keyboard, set corners with Space</source>
        <translation>在任一图上圈出图像，放入所选的组（在图上按 L；Shift 移出）；用键盘时以空格设角点</translation>
    </message>
    <message>
        <source>Fill the group with the &amp;lasso</source>
        <translation>用套索填充该组(&amp;L)</translation>
    </message>
    <message>
        <source>Add the picked image to group {sign}</source>
        <translation>将所选图像加入 {sign} 组</translation>
    </message>
    <message>
        <source>&amp;New direction</source>
        <translation>新建方向(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Swap the two groups</source>
        <translation>交换两组(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Delete this direction</source>
        <translation>删除此方向(&amp;D)</translation>
    </message>
    <message>
        <source>Take the picked image as {letter}</source>
        <translation>将所选图像用作 {letter}</translation>
    </message>
    <message>
        <source>Put the cursors on A − B + &amp;C</source>
        <translation>将光标移到 A − B + C(&amp;C)</translation>
    </message>
    <message>
        <source>No image is picked: click a point, or press Enter on the map.</source>
        <translation>未选取图像：请点击一个点，或在图上按回车键。</translation>
    </message>
    <message>
        <source>Amount: {amount} × the groups&apos; distance</source>
        <translation>强度：{amount} × 两组间距</translation>
    </message>
</context>
<context>
    <name>DraftChoice</name>
    <message>
        <source>Remove this model from the next run</source>
        <translation>从下一次训练中移除此模型</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Settings of all models: what you enter is for each of them.</source>
        <translation>所有模型的设置：输入的内容用于每一个模型。</translation>
    </message>
    <message>
        <source>Model {number}, {name}: settings of it alone.</source>
        <translation>模型 {number}，{name}：仅此模型的设置。</translation>
    </message>
</context>
<context>
    <name>DrawPad</name>
    <message>
        <source>Drawing pad</source>
        <extracomment>The keyboard&apos;s pen, as shares of the sheet; None until a key moves it.</extracomment>
        <translation>画板</translation>
    </message>
    <message>
        <source>Draw here with the mouse; or arrows move the pen, Space puts it down and lifts it</source>
        <translation>用鼠标在此绘画；或用方向键移动画笔，空格键落笔、提笔</translation>
    </message>
    <message>
        <source>Draw here</source>
        <translation>在此绘画</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>The image whose posterior q(z|x) is drawn from.</source>
        <extracomment>Tiles get another line if that enlarges them by this factor.</extracomment>
        <translation>从其后验 q(z|x) 抽样的图像。</translation>
    </message>
    <message>
        <source>z decoded</source>
        <translation>z 的解码</translation>
    </message>
    <message>
        <source>μ decoded</source>
        <translation>μ 的解码</translation>
    </message>
    <message>
        <source>The code itself decoded, without noise.</source>
        <translation>不加噪声，直接解码编码本身。</translation>
    </message>
    <message>
        <source>{count} draws z = μ + σ · ε, decoded</source>
        <translation>{count} 次抽样 z = μ + σ · ε 的解码</translation>
    </message>
    <message>
        <source>Draw {number}: z = μ + σ · ε, decoded. A click puts it under the cursor.</source>
        <translation>第 {number} 次抽样：z = μ + σ · ε 的解码结果。点击可将光标移到该编码。</translation>
    </message>
    <message>
        <source>encoder</source>
        <extracomment>Distance from the sign&apos;s centre to the ends of lines. Free intervals between the texts above: after the model&apos;s name, around the formula, before &quot;decoded&quot;.</extracomment>
        <translation>编码器</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>x: the image that is encoded, {shape} values from 0 to 1.</source>
        <translation>x：被编码的图像，{shape} 个 0 到 1 的值。</translation>
    </message>
    <message>
        <source>The decoded image: the mean of p(x|z), {shape} values.</source>
        <translation>解码图像：p(x|z) 的均值，{shape} 个值。</translation>
    </message>
    <message>
        <source>decoded</source>
        <translation>解码图像</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>code · {count}</source>
        <translation>编码 · {count}</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Draw from q(z|x) of this image</source>
        <translation>从此图像的 q(z|x) 抽样</translation>
    </message>
    <message>
        <source>A network of its own: its layers are not described here.</source>
        <extracomment>Number of dimensions whose values are shown beside a vector&apos;s symbol.</extracomment>
        <translation>自有网络：此处没有其各层的描述。</translation>
    </message>
    <message>
        <source>From the code under the cursor: nothing is encoded.</source>
        <translation>来自光标处的编码：没有编码过程。</translation>
    </message>
    <message>
        <source>Code from the map: the data&apos;s images are not here.</source>
        <translation>编码取自图上：此处没有数据的图像。</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Pick an image on a map: its way through the model is drawn here.</source>
        <translation>请在图上选择一幅图像：此处画出它经过模型的过程。</translation>
    </message>
    <message>
        <source>Drag the cursor on the map: the decoder&apos;s half is drawn here.</source>
        <translation>请在图上拖动光标：此处画出解码器部分。</translation>
    </message>
    <message>
        <source>The code is not finite: the weights have diverged, train anew.</source>
        <translation>编码不是有限值：权重已发散，请重新训练。</translation>
    </message>
    <message>
        <source>n/a: σ of this image is not at hand.</source>
        <translation>不适用：没有该图像的 σ。</translation>
    </message>
    <message>
        <source>A code is a point: the same picture every time, there is nothing to draw.</source>
        <translation>编码是一个点：每次图像相同，无可抽样。</translation>
    </message>
    <message>
        <source>the code is a point: z = encoder(x)</source>
        <translation>编码是一个点：z = 编码器(x)</translation>
    </message>
    <message>
        <source>Its family is not known here; this is what its file says of it.</source>
        <translation>此处不认识其模型族；以下内容来自其文件。</translation>
    </message>
    <message>
        <source>Prior p(z) = {formula}</source>
        <translation>先验 p(z) = {formula}</translation>
    </message>
    <message>
        <source>Only in training, and not drawn: {parts}</source>
        <translation>仅训练时使用，未画出：{parts}</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>Mean squared difference of decoded and original a pixel value, black 0, white 1; lower is better.</source>
        <translation>解码图像与原图每像素值的均方差，黑 0、白 1；越低越好。</translation>
    </message>
    <message>
        <source>n/a: without the image, or the σ² that the model has learned.</source>
        <translation>不适用：没有图像，或没有模型学到的 σ²。</translation>
    </message>
    <message>
        <source>{term} to {prior}</source>
        <translation>{term}（相对 {prior}）</translation>
    </message>
    <message>
        <source>n/a: it needs μ and σ of an image, and a prior.</source>
        <translation>不适用：需要图像的 μ 和 σ，以及先验。</translation>
    </message>
    <message>
        <source>{value} ± {error} nats</source>
        <translation>{value} ± {error} nats</translation>
    </message>
    <message>
        <source>Estimated from 256 draws, with its standard error.</source>
        <translation>由 256 次抽样估计，并附标准误。</translation>
    </message>
    <message>
        <source>n/a: known of a batch in training only; see the panel Loss.</source>
        <translation>不适用：仅在训练时按批次可知；见“损失”面板。</translation>
    </message>
    <message>
        <source>Mean squared difference of two draws&apos; pictures a pixel value (black 0, white 1), over all pairs: how much of the picture the noise decides.</source>
        <translation>任意两次抽样图像之间每像素值的均方差（黑 0、白 1），对所有成对取平均：图像有多少由噪声决定。</translation>
    </message>
    <message>
        <source>MSE between draws</source>
        <translation>抽样之间的 MSE</translation>
    </message>
    <message>
        <source>The background&apos;s colour is 0, the strongest colour is {most}. Above 0: {share}.</source>
        <translation>背景色为 0，最强的颜色为 {most}。大于 0 的占 {share}。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Only training needs this part of the model: no picture goes through it.</source>
        <translation>模型的这一部分仅训练时需要：图像不经过它。</translation>
    </message>
    <message>
        <source>in training only</source>
        <translation>仅训练时</translation>
    </message>
    <message>
        <source>{value} nats</source>
        <translation>{value} nats</translation>
    </message>
    <message>
        <source>{layer}: {units} units after the ReLU.</source>
        <translation>{layer}：ReLU 之后的 {units} 个单元。</translation>
    </message>
    <message>
        <source>{layer}: {channels} maps of {width} × {height} after the ReLU.</source>
        <translation>{layer}：ReLU 之后的 {channels} 个 {width} × {height} 特征图。</translation>
    </message>
    <message>
        <source>The first {shown} are drawn.</source>
        <translation>画出前 {shown} 个。</translation>
    </message>
    <message>
        <source>Hidden layers without room: {sizes}</source>
        <translation>放不下的隐藏层：{sizes}</translation>
    </message>
    <message>
        <source>μ: the mean of q(z|x), what the map shows.</source>
        <translation>μ：q(z|x) 的均值，即图上所示。</translation>
    </message>
    <message>
        <source>σ: the standard deviation of q(z|x) in each latent dimension.</source>
        <translation>σ：q(z|x) 在各潜变量维度上的标准差。</translation>
    </message>
    <message>
        <source>ε: noise of mean 0 and variance 1 in each dimension, drawn anew for each z; models of one latent size get the same.</source>
        <translation>ε：各维度均值为 0、方差为 1 的噪声，每个 z 重新抽取；潜变量维数相同的模型使用同一噪声。</translation>
    </message>
    <message>
        <source>z = μ + σ · ε: the code that is decoded.</source>
        <translation>z = μ + σ · ε：被解码的编码。</translation>
    </message>
    <message>
        <source>z: the code, a point; the same image always has the same.</source>
        <translation>z：编码，是一个点；同一图像的编码总是相同。</translation>
    </message>
    <message>
        <source> and {more} more</source>
        <translation> 以及另外 {more} 个</translation>
    </message>
</context>
<context>
    <name>DrawingCanvas</name>
    <message>
        <source>Drawing of the models</source>
        <extracomment>The part selected by keys: (pane, key).</extracomment>
        <translation>模型示意图</translation>
    </message>
</context>
<context>
    <name>DrawingController</name>
    <message>
        <source>The drawing of the model could not be made; see the details.</source>
        <extracomment>Minimum pause between requests during training (ms), and as a multiple of the last answer&apos;s time.</extracomment>
        <translation>无法绘制模型示意图；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>DrawingPanel</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Picked image</source>
        <translation>所选图像</translation>
    </message>
    <message>
        <source>The picked image, or without one that nearest to the cursor: encoded and decoded</source>
        <translation>所选图像；未选择时为离光标最近的图像：先编码再解码</translation>
    </message>
    <message>
        <source>Code at the cursor</source>
        <translation>光标处的编码</translation>
    </message>
    <message>
        <source>The decoder&apos;s half alone, as the hand moves</source>
        <translation>仅解码器部分，随手移动</translation>
    </message>
    <message>
        <source>What goes through the models</source>
        <translation>经过模型的内容</translation>
    </message>
    <message>
        <source>New ε</source>
        <translation>新的 ε</translation>
    </message>
    <message>
        <source>Draw other noise ε: z = μ + σ · ε is another code (Ctrl+Alt+Y)</source>
        <translation>另取噪声 ε：z = μ + σ · ε 成为另一个编码（Ctrl+Alt+Y）</translation>
    </message>
    <message>
        <source>ε = 0</source>
        <translation>ε = 0</translation>
    </message>
    <message>
        <source>No noise: z is the posterior mean μ, as on the map</source>
        <translation>无噪声：z 即后验均值 μ，与图上一致</translation>
    </message>
    <message>
        <source>Draw from q(z|x)</source>
        <translation>从 q(z|x) 抽样</translation>
    </message>
    <message>
        <source>{count} codes drawn from the image&apos;s posterior, decoded, beside the mean decoded; marked on the maps (Ctrl+Alt+Q)</source>
        <translation>从该图像的后验抽取 {count} 个编码并解码，与均值的解码并列；在图上标出（Ctrl+Alt+Q）</translation>
    </message>
    <message>
        <source>Copy the drawing</source>
        <translation>复制示意图</translation>
    </message>
    <message>
        <source>Save the drawing…</source>
        <translation>保存示意图…</translation>
    </message>
    <message>
        <source>New &amp;ε</source>
        <translation>新的 ε(&amp;N)</translation>
    </message>
    <message>
        <source>Set ε to &amp;zero</source>
        <translation>将 ε 设为零(&amp;Z)</translation>
    </message>
    <message>
        <source>Draw from &amp;q(z|x)</source>
        <translation>从 q(z|x) 抽样(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Copy the drawing</source>
        <translation>复制示意图(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Save the drawing…</source>
        <translation>保存示意图(&amp;S)…</translation>
    </message>
    <message>
        <source>image {0}</source>
        <translation>图像 {0}</translation>
    </message>
    <message>
        <source>nearest: image {0}</source>
        <translation>最近：图像 {0}</translation>
    </message>
</context>
<context>
    <name>DrawsOverlay</name>
    <message>
        <source>■ μ, + draws from q(z|x) of the image</source>
        <extracomment>Half the side of a draw&apos;s cross, and of the square at the mean. Maximum distance in pixels of a click on the picked image&apos;s mark.</extracomment>
        <translation>■ μ，+ 从该图像的 q(z|x) 抽样</translation>
    </message>
    <message>
        <source>■ μ, + draws</source>
        <translation>■ μ，+ 抽样</translation>
    </message>
</context>
<context>
    <name>DropController</name>
    <message>
        <source>{name} is opened, the first of {count} things that were dropped.</source>
        <translation>拖放了 {count} 项，打开其中的第一项 {name}。</translation>
    </message>
    <message>
        <source>{name} cannot be opened here; drop a folder of images, an image, a .npy or .npz file, or a checkpoint folder.</source>
        <translation>此处无法打开 {name}；请拖放图像文件夹、图像、.npy 或 .npz 文件，或检查点文件夹。</translation>
    </message>
    <message>
        <source>{name} is a table. It can name the classes and factors of a folder of images: open the folder first, then drop the table.</source>
        <translation>{name} 是一个表格，可以给出图像文件夹的类别和因子：请先打开该文件夹，再拖放此表格。</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to open {name}</source>
        <translation>松开即可打开 {name}</translation>
    </message>
    <message>
        <source>Drop to open {name} and {count} more</source>
        <translation>松开即可打开 {name} 等（另有 {count} 项）</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Copy &amp;left map</source>
        <translation>复制左图(&amp;L)</translation>
    </message>
    <message>
        <source>Copy ri&amp;ght map</source>
        <translation>复制右图(&amp;G)</translation>
    </message>
    <message>
        <source>Find a co&amp;mmand…</source>
        <translation>查找命令(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Copy both panes</source>
        <translation>复制两个窗格(&amp;C)</translation>
    </message>
    <message>
        <source>Find &amp;image…</source>
        <translation>查找图像(&amp;I)…</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>&amp;Undo {what}</source>
        <translation>撤销{what}(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo {what}</source>
        <translation>重做{what}(&amp;R)</translation>
    </message>
</context>
<context>
    <name>EncodedColumn</name>
    <message>
        <source>Go there</source>
        <extracomment>Of a picture&apos;s side, in pixels.</extracomment>
        <translation>移到该处</translation>
    </message>
    <message>
        <source>Put this pane&apos;s cursor on the code of your image</source>
        <translation>将此窗格的光标移到自选图像的编码上</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>Reconstruction at the refined z</source>
        <translation>优化后 z 处的重构</translation>
    </message>
    <message>
        <source>Go to your image in {model}</source>
        <translation>在{model}中移到自选图像</translation>
    </message>
</context>
<context>
    <name>ErrorCurve</name>
    <message>
        <source>Error over the steps of the refinement</source>
        <translation>优化过程中误差随步数的变化</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <source>summed squared error</source>
        <translation>平方误差之和</translation>
    </message>
    <message>
        <source>From {0} to {1} {unit} in {steps} steps</source>
        <translation>{steps} 步内从 {0} 到 {1} {unit}</translation>
    </message>
    <message>
        <source>From {0} to {1} {unit} in 1 step</source>
        <translation>1 步内从 {0} 到 {1} {unit}</translation>
    </message>
</context>
<context>
    <name>ExploreMenu</name>
    <message>
        <source>E&amp;xplore</source>
        <extracomment>Shortcut that clears all overlays.</extracomment>
        <translation>探索(&amp;X)</translation>
    </message>
    <message>
        <source>Show {tool}</source>
        <translation>显示{tool}</translation>
    </message>
    <message>
        <source>Clea&amp;r all overlays</source>
        <translation>清除所有叠加层(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Heat map</source>
        <translation>热图(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>无(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Data here</source>
        <translation>此处有数据(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Looks real</source>
        <translation>像真实图像(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Round trip</source>
        <translation>往返(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Magnification</source>
        <translation>放大率(&amp;M)</translation>
    </message>
    <message>
        <source>Posterior &amp;ellipses</source>
        <translation>后验椭圆(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>Of the &amp;hovered image</source>
        <translation>指针所指图像(&amp;H)</translation>
    </message>
    <message>
        <source>Of the &amp;picked image</source>
        <translation>所选图像(&amp;P)</translation>
    </message>
    <message>
        <source>Of &amp;all images</source>
        <translation>全部图像(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Prior</source>
        <translation>先验(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Contours of the aggregated posterior</source>
        <translation>聚合后验的等高线(&amp;C)</translation>
    </message>
    <message>
        <source>Decoded &amp;mosaic</source>
        <translation>解码拼图(&amp;M)</translation>
    </message>
    <message>
        <source>Codes of the &amp;samples</source>
        <translation>样本的编码(&amp;S)</translation>
    </message>
    <message>
        <source>Interpolation pa&amp;th</source>
        <translation>插值路径(&amp;I)</translation>
    </message>
    <message>
        <source>Class names &amp;on the maps</source>
        <translation>图上的类别名称(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Neighbours of the picked image</source>
        <translation>所选图像的近邻(&amp;B)</translation>
    </message>
    <message>
        <source>Tr&amp;ue posterior of the picked image</source>
        <translation>所选图像的真实后验(&amp;U)</translation>
    </message>
</context>
<context>
    <name>ExportController</name>
    <message>
        <source>Saving</source>
        <extracomment>Waiting files: paths and functions that write them.</extracomment>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>{program} was not found; install it to save MP4.</source>
        <translation>未找到 {program}；请安装后再保存 MP4。</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>已保存到 {path}。</translation>
    </message>
    <message>
        <source>{path} could not be saved.</source>
        <translation>无法保存 {path}。</translation>
    </message>
</context>
<context>
    <name>ExportDesk</name>
    <message>
        <source>Save film strips as…</source>
        <translation>将胶片条另存为…</translation>
    </message>
    <message>
        <source>Save animation as…</source>
        <translation>将动画另存为…</translation>
    </message>
    <message>
        <source>Save the run as an animation…</source>
        <translation>将训练过程存为动画…</translation>
    </message>
    <message>
        <source>Save samples as…</source>
        <translation>将样本另存为…</translation>
    </message>
    <message>
        <source>Save direction or A − B + C as…</source>
        <translation>将方向或 A − B + C 另存为…</translation>
    </message>
    <message>
        <source>Save traversals as…</source>
        <translation>将遍历另存为…</translation>
    </message>
    <message>
        <source>There is no interpolation yet: press A and B over two points of a map.</source>
        <translation>尚无插值：请将指针移到图上两个点处，分别按 A 和 B。</translation>
    </message>
    <message>
        <source>A grid of four images is not played; show it as a path.</source>
        <translation>四图网格不能播放；请以路径显示。</translation>
    </message>
    <message>
        <source>The samples are being drawn.</source>
        <translation>正在抽取样本。</translation>
    </message>
    <message>
        <source>There are no samples yet: show the sheets by Explore &gt; Samples.</source>
        <translation>尚无样本：请通过“探索 &gt; 样本”显示。</translation>
    </message>
    <message>
        <source>There are no traversals yet: show them by Explore &gt; Traversals.</source>
        <translation>尚无遍历：请通过“探索 &gt; 遍历”显示。</translation>
    </message>
    <message>
        <source>There is no A − B + C yet: choose three images by Explore &gt; Directions.</source>
        <translation>尚无 A − B + C：请通过“探索 &gt; 方向”选定三幅图像。</translation>
    </message>
    <message>
        <source>No direction is applied yet: make two groups by Explore &gt; Directions.</source>
        <translation>尚未应用方向：请通过“探索 &gt; 方向”建立两组图像。</translation>
    </message>
    <message>
        <source>There are no moments of a run yet: train for a while.</source>
        <translation>训练尚无时刻记录：请先训练一会儿。</translation>
    </message>
    <message>
        <source>There are no curves yet; train first.</source>
        <translation>尚无曲线；请先训练。</translation>
    </message>
    <message>
        <source>There is no map yet; train, or open a checkpoint.</source>
        <extracomment>Writes a file with its settings in a worker thread, piece by piece. Raises `OSError`.</extracomment>
        <translation>尚无潜空间图；请开始训练，或打开检查点。</translation>
    </message>
    <message>
        <source>The animation of the run was not saved: {reason}</source>
        <translation>训练过程的动画未保存：{reason}</translation>
    </message>
    <message>
        <source>another one took its turn.</source>
        <translation>已改为保存另一个。</translation>
    </message>
    <message>
        <source>another moment was chosen while pictures were taken.</source>
        <translation>生成图像期间选择了另一时刻。</translation>
    </message>
    <message>
        <source>moments went while pictures were taken; save it again.</source>
        <translation>生成图像期间有时刻被舍去；请重新保存。</translation>
    </message>
    <message>
        <source>a moment could not be shown in time; save it again.</source>
        <translation>有一时刻未能及时显示；请重新保存。</translation>
    </message>
    <message>
        <source>the window was made anew in another language; save it again.</source>
        <translation>窗口已用另一种语言重新生成；请重新保存。</translation>
    </message>
    <message>
        <source>the maps changed their size while pictures were taken; save it again.</source>
        <translation>生成图像期间潜空间图的大小改变；请重新保存。</translation>
    </message>
    <message>
        <source>Nothing is decoded yet: drag on a map.</source>
        <translation>尚未解码：请在图上拖动。</translation>
    </message>
    <message>
        <source>No model on show has a KL of each latent dimension.</source>
        <translation>显示的模型都没有各潜变量维度的 KL 散度。</translation>
    </message>
    <message>
        <source>Save the drawing as…</source>
        <translation>将示意图另存为…</translation>
    </message>
    <message>
        <source>The drawing is being made.</source>
        <translation>正在绘制示意图。</translation>
    </message>
    <message>
        <source>There is no drawing yet: pick an image on a map.</source>
        <translation>尚无示意图：请在图上选择一幅图像。</translation>
    </message>
    <message>
        <source>Save report as…</source>
        <translation>报告另存为…</translation>
    </message>
    <message>
        <source>Copy report as Markdown</source>
        <translation>将报告复制为 Markdown</translation>
    </message>
    <message>
        <source>Nothing has been measured yet: choose Measure in the panel Measures.</source>
        <translation>尚未测量：请在“指标”面板中选择“测量”。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <extracomment>Maximum scale of an animation.</extracomment>
        <translation>导出</translation>
    </message>
    <message>
        <source>What to save</source>
        <translation>要保存的内容</translation>
    </message>
    <message>
        <source>File format</source>
        <translation>文件格式</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>As in the window</source>
        <translation>与窗口相同</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>样式</translation>
    </message>
    <message>
        <source>Light colours on a white ground, whatever the window looks like</source>
        <translation>白底浅色，与窗口外观无关</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>The settings that made it are written into the file.</source>
        <translation>生成它的设置会写入文件。</translation>
    </message>
    <message>
        <source>Points are one picture; axes, marks and text stay lines and letters.</source>
        <translation>点合成为一幅位图；坐标轴、标记和文字保持为矢量。</translation>
    </message>
    <message>
        <source>1 row, {columns} columns</source>
        <translation>1 行，{columns} 列</translation>
    </message>
    <message>
        <source>{rows} rows, {columns} columns</source>
        <translation>{rows} 行，{columns} 列</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>{frames} frames, {seconds} s</source>
        <translation>{frames} 帧，{seconds} 秒</translation>
    </message>
    <message>
        <source>A row an image: its index in the data set, its label, its split, its factors where there are any, and its code in each model (z, or the posterior mean μ with σ where it is at hand).</source>
        <translation>每张图像一行：其在数据集中的序号、标签、所属划分、因子（如果有），以及它在每个模型中的编码（z，或后验均值 μ，若有则附 σ）。</translation>
    </message>
    <message>
        <source>A row a step: epoch, β as applied, learning rate, noise, and each model&apos;s reconstruction loss, KL and total in nats per image; and a row a held-out evaluation.</source>
        <translation>每行一步：轮次、实际 β、学习率、噪声，以及各模型的重构损失、KL 散度和总损失（nats/图像）；每次留出评估另占一行。</translation>
    </message>
    <message>
        <source>A row a measure: each model&apos;s value with unit, 95 % interval and what it was measured on, and which is better where that is more than chance. A web page (HTML) has pictures and needs no network.</source>
        <translation>每个指标一行：各模型的数值、单位、95 % 区间和测量条件；差异超出偶然时标出更好的一方。网页（HTML）带有图片，无需联网。</translation>
    </message>
</context>
<context>
    <name>FactorRamp</name>
    <message>
        <source>{value} and more</source>
        <translation>{value} 及以上</translation>
    </message>
    <message>
        <source>{0}: from {1} to {2}</source>
        <translation>{0}：{1} 至 {2}</translation>
    </message>
</context>
<context>
    <name>FiguresModel</name>
    <message>
        <source>Measure</source>
        <extracomment>Height of a row in px, more than its text needs. Marks the better figure, beside its weight: bold alone is easily missed. Who is better in each line.</extracomment>
        <translation>指标</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参照</translation>
    </message>
    <message>
        <source>Source: {0}</source>
        <translation>出处：{0}</translation>
    </message>
    <message>
        <source>95 % interval: {0} to {1}</source>
        <translation>95 % 区间：{0} 至 {1}</translation>
    </message>
    <message>
        <source>Reference: {0}, {1}</source>
        <translation>参照：{0}，{1}</translation>
    </message>
    <message>
        <source>Better: the 95 % interval of the difference, image by image, leaves out zero.</source>
        <translation>更好：逐图像之差的 95 % 区间不含零。</translation>
    </message>
    <message>
        <source>Better: the 95 % interval of the difference leaves out zero.</source>
        <translation>更好：差值的 95 % 区间不含零。</translation>
    </message>
</context>
<context>
    <name>FileMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New run</source>
        <translation>新建训练(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open checkpoint or session…</source>
        <translation>打开检查点或会话(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Con&amp;tinue by itself at the start</source>
        <translation>启动时自动继续(&amp;T)</translation>
    </message>
    <message>
        <source>Open the &amp;bundled pair</source>
        <translation>打开随附的模型对(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation>保存会话(&amp;S)</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>会话另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Save the window as a &amp;picture…</source>
        <translation>将窗口存为图片(&amp;P)…</translation>
    </message>
    <message>
        <source>Images from a &amp;folder…</source>
        <translation>从文件夹读入图像(&amp;F)…</translation>
    </message>
    <message>
        <source>Images from an arra&amp;y file…</source>
        <translation>从数组文件读入图像(&amp;Y)…</translation>
    </message>
    <message>
        <source>Folder for &amp;data sets…</source>
        <translation>数据集文件夹(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Continue where I left off</source>
        <translation>从上次的进度继续(&amp;C)</translation>
    </message>
</context>
<context>
    <name>FilmStrip</name>
    <message>
        <source>Film strip</source>
        <extracomment>Minimum width of a frame in pixels; if there is too little room, some frames are left out. The film between frames, and the mark on it, in every appearance: pictures are mostly dark. Number of paints with a new strip.</extracomment>
        <translation>胶片条</translation>
    </message>
    <message>
        <source>{0} frames</source>
        <translation>{0} 帧</translation>
    </message>
</context>
<context>
    <name>FindImage</name>
    <message>
        <source>Number, class or file name of an image</source>
        <extracomment>Seconds of searching between two returns to the event loop.</extracomment>
        <translation>图像的编号、类别或文件名</translation>
    </message>
    <message>
        <source>Images found</source>
        <translation>找到的图像</translation>
    </message>
    <message>
        <source>There are no images yet.</source>
        <translation>还没有图像。</translation>
    </message>
    <message>
        <source>No image</source>
        <translation>没有图像</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0} found</source>
        <translation>找到 {0} 个</translation>
    </message>
</context>
<context>
    <name>Glossary</name>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Sample coverage</source>
        <translation>样本覆盖率</translation>
    </message>
    <message>
        <source>Share of real pictures that have a sample among their neighbours, nearer than their 5th real neighbour: whether samples show all kinds of images.</source>
        <translation>真实图像中，有样本比其第 5 个真实近邻更近的比例：样本是否展现了所有种类的图像。</translation>
    </message>
    <message>
        <source>share, 0 to 1</source>
        <translation>比例，0 到 1</translation>
    </message>
    <message>
        <source>FD-clf</source>
        <translation>FD-clf</translation>
    </message>
    <message>
        <source>Fréchet distance between samples and real pictures in the features of a small classifier; it is no FID, and compares only where as many pictures are measured.</source>
        <translation>样本与真实图像在一个小分类器的特征空间里的弗雷歇距离；它不是 FID，只有图像数量相同时才能比较。</translation>
    </message>
    <message>
        <source>squared units of the features</source>
        <translation>特征单位的平方</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Share of samples that lie among real pictures; high also if one good picture is repeated, so never read it alone.</source>
        <translation>落在真实图像之中的样本的比例；反复出现同一幅好图像时也会很高，所以不能单独看。</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Share of real pictures that lie among samples.</source>
        <translation>落在样本之中的真实图像的比例。</translation>
    </message>
    <message>
        <source>Sample density</source>
        <translation>样本密度</translation>
    </message>
    <message>
        <source>How many real pictures&apos; neighbourhoods a sample lies in, on average, over 5: 1 is expected of real pictures.</source>
        <translation>一个样本平均落在多少幅真实图像的邻域里，除以 5：真实图像的期望值是 1。</translation>
    </message>
    <message>
        <source>(real …)</source>
        <translation>（真实 …）</translation>
    </message>
    <message>
        <source>The same measure of real images against as many other real images: what a perfect model would reach.</source>
        <translation>用同样多的其他真实图像对真实图像作同样的测量：完美的模型能达到的值。</translation>
    </message>
    <message>
        <source>that of the figure before it</source>
        <translation>与前面的数值相同</translation>
    </message>
    <message>
        <source>Held-out ln p</source>
        <translation>留出 ln p</translation>
    </message>
    <message>
        <source>Mean log density that the distribution drawn from gives to codes of held-out images; it compares distributions for one model, not models.</source>
        <translation>所用分布给留出图像的编码的平均对数密度；只能比较同一模型的不同分布，不能比较模型。</translation>
    </message>
    <message>
        <source>nats per code</source>
        <translation>nats/编码</translation>
    </message>
    <message>
        <source>Number of samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>How many codes are drawn for the sheet, or compared with as many real images.</source>
        <translation>样本表抽取多少个编码，或与多少幅真实图像比较。</translation>
    </message>
    <message>
        <source>number of samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Number that fixes the random draws: the same seed gives the same samples.</source>
        <translation>决定随机抽样的数：种子相同则样本相同。</translation>
    </message>
    <message>
        <source>K</source>
        <translation>K</translation>
    </message>
    <message>
        <source>Number of Gaussians in the mixture that is fitted to the codes.</source>
        <translation>拟合编码的混合分布中高斯的个数。</translation>
    </message>
    <message>
        <source>Gaussians</source>
        <translation>个高斯</translation>
    </message>
    <message>
        <source>KL divergence of the posterior q(z|x) from the prior p(z), summed over latent dimensions and averaged over images: at least as much as a code says about its image on average. Neither lower nor higher is better by itself: at 0 the code says nothing.</source>
        <translation>后验 q(z|x) 相对于先验 p(z) 的 KL 散度，对潜在维度求和、对图像求平均：平均而言不少于编码所含的关于图像的信息。其本身并无高低好坏：为 0 时编码不含任何信息。</translation>
    </message>
    <message>
        <source>Overfitting gap, total loss of held-out images minus that of training images: near 0 is good, and it grows when a model learns its training images by heart. Below 0, as early in training, it says nothing good or bad.</source>
        <translation>过拟合差距：留出图像的总损失减去训练图像的总损失。接近 0 为好；当模型死记训练图像时它会增大。训练初期它可能低于 0，这说明不了好坏。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Solid: loss of the training images of each step, with β as it was set then. Dashed: loss of held-out images, which the model has not seen; its total always counts KL once (β = 1). Total and reconstruction are better lower; KL has no better side.</source>
        <translation>实线：每一步训练图像的损失，使用当时的 β。虚线：模型没有见过的留出图像的损失；其总损失总是只计一次 KL 散度（β = 1）。总损失和重构损失越低越好；KL 散度无所谓高低好坏。</translation>
    </message>
    <message>
        <source>Standard deviation of the Gaussian about the cursor that is drawn from.</source>
        <translation>在光标周围抽样的高斯的标准差。</translation>
    </message>
    <message>
        <source>Standard deviation of the posterior q(z|x) in a latent dimension: small where the image fixes the code, near that of the prior (1 for N(0, I)) where the dimension says nothing about it.</source>
        <translation>后验 q(z|x) 在某个潜变量维度上的标准差：图像能确定编码时小，该维度不携带信息时接近先验的标准差（N(0, I) 为 1）。</translation>
    </message>
    <message>
        <source>The codes that the sheet of samples is decoded from, where they lie on the map, and the distribution that they are drawn from.</source>
        <translation>样本图由这些编码解码而来：它们在图上的位置，以及从哪个分布抽取。</translation>
    </message>
    <message>
        <source>The map&apos;s own two axes: PC1 is the direction in which the codes vary most, PC2 the next; the share in brackets is the part of the codes&apos; variance along it. Beside a picture: where the cursor is on them.</source>
        <translation>图自身的两个坐标轴：PC1 是编码变化最大的方向，PC2 次之；括号里是沿该方向的方差占编码总方差的比例。图像旁边的数：光标在这两个轴上的位置。</translation>
    </message>
    <message>
        <source>The pictures that the decoder makes of codes on a regular grid, each drawn where its code is; the number is the distance from one code to the next.</source>
        <translation>解码器由规则网格上的编码生成的图像，各画在其编码所在之处；数字是相邻编码之间的距离。</translation>
    </message>
    <message>
        <source>The posterior mean μ of the picked image, and codes drawn from its posterior q(z|x), z = μ + σ ε with noise ε of N(0, I); ε = 0 gives μ.</source>
        <translation>所选图像的后验均值 μ，以及从其后验 q(z|x) 抽取的编码 z = μ + σ ε，噪声 ε 服从 N(0, I)；ε = 0 即得 μ。</translation>
    </message>
    <message>
        <source>Tiles of the decoded mosaic</source>
        <translation>解码拼图的图块</translation>
    </message>
    <message>
        <source>Value ± standard error on held-out images, in the unit beside it; ✓ marks the better of two where better has a meaning and the 95 % interval of the difference leaves out zero. A tip says what it is, how it was measured and what it is to be read against.</source>
        <translation>留出图像上的值 ± 标准误差，单位在旁；凡“更好”有意义且差值的 95 % 区间不含零时，✓ 标出更好的一个。提示说明它是什么、如何度量、应与什么对照。</translation>
    </message>
    <message>
        <source>Vincent et al. 2008</source>
        <translation>Vincent 等，2008</translation>
    </message>
    <message>
        <source>Weight of the KL divergence in the training loss: more pulls the posteriors towards the prior, too much collapses them onto it, less makes reconstructions closer; 1 is the ELBO.</source>
        <translation>KL 散度在训练损失中的权重：越大后验越被拉向先验，过大则坍缩到先验，越小重构越接近原图；1 就是 ELBO。</translation>
    </message>
    <message>
        <source>Where the encoder puts your image, and where refining took its code; ➤ points to it when it is out of view. With more than two dimensions it is the nearest place of the map&apos;s plane.</source>
        <translation>编码器把自选图像放在何处，以及优化后其编码的位置；不在视野内时由 ➤ 指向它。维度多于两个时，显示的是图平面上最近的位置。</translation>
    </message>
    <message>
        <source>Written on the maps</source>
        <translation>图上的文字</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>个类别</translation>
    </message>
    <message>
        <source>conformal p-value</source>
        <translation>保形 p 值</translation>
    </message>
    <message>
        <source>conformal p-value of the distance to the k-th neighbour (Vovk, Gammerman &amp; Shafer 2005)</source>
        <translation>到第 k 个近邻距离的保形 p 值（Vovk、Gammerman 与 Shafer，2005）</translation>
    </message>
    <message>
        <source>frames or moments per second</source>
        <translation>每秒帧数或时刻数</translation>
    </message>
    <message>
        <source>standard deviations of the codes</source>
        <translation>编码的标准差</translation>
    </message>
    <message>
        <source>Traversals and planes</source>
        <translation>遍历与平面</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>散布</translation>
    </message>
    <message>
        <source>Standard deviation of one latent dimension over all codes; the pictures of a row go from 3 spreads below the mean to 3 above.</source>
        <translation>一个潜变量维度在所有编码上的标准差；一行图像从均值以下 3 个散布到以上 3 个。</translation>
    </message>
    <message>
        <source>standard deviations of the prior</source>
        <translation>先验的标准差</translation>
    </message>
    <message>
        <source>units of the code</source>
        <translation>编码单位</translation>
    </message>
    <message>
        <source>Pictures change</source>
        <translation>图像变化</translation>
    </message>
    <message>
        <source>How much the pictures of a row differ from their mean, as a root mean square: 0 % for a dimension that the decoder ignores.</source>
        <translation>一行图像与其平均图像的均方根差：解码器忽略的维度为 0 %。</translation>
    </message>
    <message>
        <source>% of the range from black to white</source>
        <translation>占黑白范围的百分比</translation>
    </message>
    <message>
        <source>Variance on the map</source>
        <translation>图上的方差</translation>
    </message>
    <message>
        <source>Share of the codes&apos; variance that lies along the map&apos;s two axes; the rest is in dimensions that the map hides.</source>
        <translation>编码的方差中沿图的两个坐标轴的比例；其余在图上看不到的维度里。</translation>
    </message>
    <message>
        <source>% of all weights</source>
        <translation>占全部权重的 %</translation>
    </message>
    <message>
        <source>% of the codes&apos; variance</source>
        <translation>占编码方差的百分比</translation>
    </message>
    <message>
        <source>1 / Σ w² of the weights w: the number of images of equal weight that would average as much. 1 is a code that one image has for itself; all images, a collapsed posterior.</source>
        <translation>权重 w 的 1 / Σ w²：等权重时起同样平均作用的图像数。1 表示一幅图像独占此编码；等于全部图像表示后验坍缩。</translation>
    </message>
    <message>
        <source>A decoder answers with a distribution p(x|z) of pictures. Its mean is what is shown by default and what is always measured: smooth, as noise averages out. A draw is one picture at random: each pixel by itself, black or white (Bernoulli), or the mean with noise of the decoder&apos;s σ (Gaussian). The noise rests while the cursor rests.</source>
        <translation>解码器给出的是图像的分布 p(x|z)。默认显示其均值，测量也总是针对均值：噪声被平均掉，因而平滑。抽样是随机的一幅图像：每个像素各自为黑或白（伯努利），或为均值加上解码器 σ 大小的噪声（高斯）。光标不动，噪声也不变。</translation>
    </message>
    <message>
        <source>A line with 95 % goes round the smallest area that holds 95 % of the distribution.</source>
        <translation>标有 95 % 的线围住包含分布 95 % 的最小区域。</translation>
    </message>
    <message>
        <source>Alemi et al. 2018</source>
        <translation>Alemi et al. 2018</translation>
    </message>
    <message>
        <source>All training images averaged, each weighted by its posterior q(z|x) at the cursor&apos;s code: what a decoder that is free to answer anything would answer there, as no other picture has a smaller expected loss. It is blurred where images that differ share a code.</source>
        <translation>所有训练图像的平均，各以其后验 q(z|x) 在光标编码处的值为权重：不受限制的解码器在此会给出的答案，因为没有别的图像期望损失更小。不同图像共用一个编码之处，它就模糊。</translation>
    </message>
    <message>
        <source>Arvanitidis, Hansen &amp; Hauberg 2018</source>
        <translation>Arvanitidis、Hansen 与 Hauberg，2018</translation>
    </message>
    <message>
        <source>Average of the data at the cursor</source>
        <translation>光标处数据的平均</translation>
    </message>
    <message>
        <source>Away from the plane</source>
        <translation>离平面的距离</translation>
    </message>
    <message>
        <source>Binarised pixels</source>
        <translation>像素二值化</translation>
    </message>
    <message>
        <source>Bowman et al. 2016</source>
        <translation>Bowman 等，2016</translation>
    </message>
    <message>
        <source>Burda et al. 2016</source>
        <translation>Burda 等，2016</translation>
    </message>
    <message>
        <source>Burda, Grosse &amp; Salakhutdinov 2016</source>
        <translation>Burda、Grosse 与 Salakhutdinov，2016</translation>
    </message>
    <message>
        <source>Classes named</source>
        <translation>标出名称的类别</translation>
    </message>
    <message>
        <source>Codes to prior</source>
        <translation>编码到先验</translation>
    </message>
    <message>
        <source>Cremer et al. 2018</source>
        <translation>Cremer 等，2018</translation>
    </message>
    <message>
        <source>Decoded − average</source>
        <translation>解码 − 平均</translation>
    </message>
    <message>
        <source>Distance of a neighbour</source>
        <translation>近邻的距离</translation>
    </message>
    <message>
        <source>Distribution p(x|z) of a pixel about the decoded picture: what the reconstruction loss measures. The variance σ² of a Gaussian says how much error counts as little.</source>
        <translation>像素以解码图像为中心的分布 p(x|z)：决定重构损失的度量方式。高斯的方差 σ² 表示多大的误差算小。</translation>
    </message>
    <message>
        <source>ELBO + KL less ln p(x), three sums over different codes, which would be 0 if the sums were exact; and how wrong these sums may be, each by how much it differs from one over wider steps.</source>
        <translation>ELBO + KL 减去 ln p(x)，是在不同编码上的三个求和，若求和精确则为 0；以及这些求和可能有多大误差，即各自与更大步长的求和之差。</translation>
    </message>
    <message>
        <source>ELBO of the image</source>
        <translation>图像的 ELBO</translation>
    </message>
    <message>
        <source>Each name lies at the median of its class&apos;s codes. Where there are too many classes for all names, the largest have theirs.</source>
        <translation>每个名称位于该类编码的中位数处。类别太多、放不下所有名称时，只标出最大的类别。</translation>
    </message>
    <message>
        <source>Each point is an evaluation on held-out images, the large one the last; less of either is better, and β sets the exchange: along a line with slope −β the loss is the same. A dashed level is a model without KL, grey are kept models, former runs and members that are in no pane.</source>
        <translation>每个点是留出图像上的一次评估，大点是最近一次；两者都越小越好，β 决定如何交换：沿斜率为 −β 的直线损失相同。虚线是没有 KL 的模型，灰色的是保留的模型、先前的运行和不在任何窗格中的成员。</translation>
    </message>
    <message>
        <source>Euclidean distance from the picked image: between codes in all latent dimensions, or between pictures over all pixel values, black 0 and white 1. Compare the order, not the numbers of two models: each has a scale of its own.</source>
        <translation>与所选图像的欧氏距离：编码之间按所有潜变量维度计算，图像之间按所有像素值（黑 0、白 1）计算。各模型尺度不同，请比较次序，不要比较两个模型的数值。</translation>
    </message>
    <message>
        <source>Euclidean distance of the picked image&apos;s code from the plane that the map shows.</source>
        <translation>所选图像的编码与图上所示平面的欧氏距离。</translation>
    </message>
    <message>
        <source>Every pixel is drawn as 0 or 1, with its grey level as the probability of 1; then the Bernoulli loss is a likelihood. Dynamic: anew in each step. Static: once, the same in every epoch and run. The two give different figures: a network can learn a static draw&apos;s pixels by heart.</source>
        <translation>每个像素以灰度为取 1 的概率抽取为 0 或 1，此时伯努利损失才是似然。动态：每步重新抽取。静态：只抽取一次，在每一轮、每次运行中都相同。两者的数值不同：网络可以把静态抽取的像素背下来。</translation>
    </message>
    <message>
        <source>Gap: held-out − training</source>
        <translation>差距：留出 − 训练</translation>
    </message>
    <message>
        <source>Gretton et al. 2012; Tolstikhin et al. 2018</source>
        <translation>Gretton et al. 2012; Tolstikhin et al. 2018</translation>
    </message>
    <message>
        <source>Hanley &amp; McNeil 1982</source>
        <translation>Hanley 与 McNeil，1982</translation>
    </message>
    <message>
        <source>Heusel et al. 2017</source>
        <translation>Heusel 等，2017</translation>
    </message>
    <message>
        <source>Higgins et al. 2017</source>
        <translation>Higgins 等，2017</translation>
    </message>
    <message>
        <source>Hoffman &amp; Johnson 2016</source>
        <translation>Hoffman &amp; Johnson 2016</translation>
    </message>
    <message>
        <source>How far the encoder&apos;s posterior q(z|x) is from the true posterior p(z|x): never below 0, and 0 if they agree. It is exactly what the ELBO lacks to ln p(x). Not the KL to the prior of the loss.</source>
        <translation>编码器后验 q(z|x) 与真实后验 p(z|x) 相差多远：不小于 0，一致时为 0。它正是 ELBO 与 ln p(x) 之差。不是损失中到先验的 KL。</translation>
    </message>
    <message>
        <source>How far the mean over these held-out images typically is from the mean over all such images: figures that are several standard errors apart differ.</source>
        <translation>这些留出图像的平均值与全体同类图像的平均值通常相差多少：相差几个标准误的数值才算不同。</translation>
    </message>
    <message>
        <source>How fast a path or the moments of a run are played.</source>
        <translation>播放路径或训练各时刻的速度。</translation>
    </message>
    <message>
        <source>How many images are selected, of which classes; a line goes round their points on both maps.</source>
        <translation>选中了多少幅图像、属于哪些类别；两幅图上有一条线围住它们的点。</translation>
    </message>
    <message>
        <source>How many nearest images each row shows; on the maps □ ◇ + mark them, one sign a row.</source>
        <translation>每行显示多少幅最近的图像；图上以 □ ◇ + 标出，每行一种记号。</translation>
    </message>
    <message>
        <source>How much the picture changes along the whole path, over the change from stop to stop (path over chord): 1 for a cross-fade, more for a detour. By itself neither is better: a cross-fade is no path through real images.</source>
        <translation>沿整条路径图像变化的总量，除以各路径点之间的直接变化（路径比弦长）：交叉淡化为 1，绕路则更大。其本身无所谓好坏：交叉淡化并不经过真实图像。</translation>
    </message>
    <message>
        <source>How probable the model finds the image itself, all codes counted (ln p(x)), is what training pushes up (the ELBO) and what the encoder loses by not being the true posterior (KL). Bars of both panes have one scale; their torn ends are left out.</source>
        <translation>考虑所有编码后模型认为图像本身有多大概率（ln p(x)），等于训练所提高的部分（ELBO）加上编码器因不是真实后验而损失的部分（KL）。两个窗格的条使用同一尺度；撕开的一端未画出。</translation>
    </message>
    <message>
        <source>IWAE, K = 1,000</source>
        <translation>IWAE，K = 1,000</translation>
    </message>
    <message>
        <source>Images in the average</source>
        <translation>平均中的图像</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息量</translation>
    </message>
    <message>
        <source>KL warm-up</source>
        <translation>KL 预热</translation>
    </message>
    <message>
        <source>KL(q(z) || p(z)), the rest of the KL: how far all codes together, the aggregated posterior, are from the prior. Too large an estimate where the information is at its ceiling.</source>
        <translation>KL(q(z) || p(z))，KL 的其余部分：所有编码合在一起（聚合后验）离先验有多远。信息量达到上限时，这个估计偏大。</translation>
    </message>
    <message>
        <source>KL(q‖p)</source>
        <translation>KL(q‖p)</translation>
    </message>
    <message>
        <source>Kingma &amp; Ba 2015</source>
        <translation>Kingma 与 Ba，2015</translation>
    </message>
    <message>
        <source>Kingma &amp; Welling 2014</source>
        <translation>Kingma 与 Welling，2014</translation>
    </message>
    <message>
        <source>Kynkäänniemi et al. 2019</source>
        <translation>Kynkäänniemi 等，2019</translation>
    </message>
    <message>
        <source>Length of the whole code, all dimensions counted: in many dimensions d, draws of N(0, I) lie near √d, hardly ever near 0.</source>
        <translation>整个编码的长度，计入所有维度：维数 d 很大时，N(0, I) 的抽样都在 √d 附近，几乎不会接近 0。</translation>
    </message>
    <message>
        <source>Likelihood, variance σ²</source>
        <translation>似然、方差 σ²</translation>
    </message>
    <message>
        <source>Loss of an image</source>
        <translation>一幅图像的损失</translation>
    </message>
    <message>
        <source>Lower bound on ln p(x): mean of ln p(x|z) over q(z|x), less KL(q(z|x) ‖ p(z)); here summed over a grid of noise, nothing drawn.</source>
        <translation>ln p(x) 的下界：ln p(x|z) 在 q(z|x) 下的均值减去 KL(q(z|x) ‖ p(z))；这里在噪声的网格上求和，没有抽样。</translation>
    </message>
    <message>
        <source>MMD</source>
        <translation>MMD</translation>
    </message>
    <message>
        <source>Mean or a draw</source>
        <translation>均值或抽样</translation>
    </message>
    <message>
        <source>Mean squared difference of the decoded image and the average, black 0 and white 1: near 0, the decoder answers the average and its blur is the data&apos;s; else the decoder itself falls short.</source>
        <translation>解码图像与平均之间的均方差，黑为 0、白为 1：接近 0 时解码器给出的就是平均，其模糊来自数据；否则是解码器自身不足。</translation>
    </message>
    <message>
        <source>Measured figures</source>
        <translation>度量的数值</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Median over images and dimensions of the posterior&apos;s σ: near that of the prior where codes say nothing, near 0 where the model is as good as an autoencoder.</source>
        <translation>后验 σ 对图像和维度取的中位数：编码什么也不说明时接近先验的 σ，模型几乎就是自编码器时接近 0。</translation>
    </message>
    <message>
        <source>Median σ</source>
        <translation>σ 中位数</translation>
    </message>
    <message>
        <source>Mikolov et al. 2013</source>
        <translation>Mikolov 等，2013</translation>
    </message>
    <message>
        <source>Mutual information of image and code, E[ln q(z|x) − ln q(z)]: the part of the KL by which codes of different images differ. Over N images it cannot be found to be above ln N.</source>
        <translation>图像与编码的互信息，E[ln q(z|x) − ln q(z)]：KL 中使不同图像的编码彼此不同的部分。用 N 张图像测出的值不会超过 ln N。</translation>
    </message>
    <message>
        <source>Naeem et al. 2020</source>
        <translation>Naeem 等，2020</translation>
    </message>
    <message>
        <source>Number of neighbours</source>
        <translation>近邻数</translation>
    </message>
    <message>
        <source>Number that fixes the initial weights, the order of batches and the noise: the same seed and settings give the same run, and all models of a run share it.</source>
        <translation>决定初始权重、批次顺序和噪声的数：种子与设置相同则训练相同；一次训练的所有模型共用。</translation>
    </message>
    <message>
        <source>Offset from the prior</source>
        <translation>相对先验的偏移</translation>
    </message>
    <message>
        <source>Over how many first steps β grows evenly from 0 to what is set, so that codes learn to say something before the KL divergence pulls on them.</source>
        <translation>最初多少步内 β 从 0 均匀增长到设定值，使编码在 KL 散度起作用之前先学会携带信息。</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>每秒图像数</translation>
    </message>
    <message>
        <source>Places equally likely under the prior, at 1, 2 and 2.45 of its standard deviations σ from its mean: on a plane they hold 39 %, 86 % and 95 % of it. √d is the radius of the shell on which most draws in d dimensions lie.</source>
        <translation>先验下概率密度相等的位置，距其均值 1、2、2.45 个标准差 σ：在平面上分别包含先验的 39 %、86 % 和 95 %。√d 是 d 维中大多数抽样所在球壳的半径。</translation>
    </message>
    <message>
        <source>Points of the run that are kept, with the memory they take: weights and codes of all models at that step.</source>
        <translation>保存下来的训练时刻及其占用的内存：该步所有模型的权重和编码。</translation>
    </message>
    <message>
        <source>Reconstruction + KL of held-out images, each counted once: −ELBO for a model with a posterior, the reconstruction alone for one without, so compare models of one kind.</source>
        <translation>留出图像的重构损失 + KL 散度，各计一次：对有后验的模型就是 −ELBO，没有后验则只有重构损失，因此请比较同类模型。</translation>
    </message>
    <message>
        <source>Reconstruction against KL</source>
        <translation>重构与 KL</translation>
    </message>
    <message>
        <source>Reconstruction loss −ln p(x|z) of one image at its code, or its KL divergence, of the model named beside it: as a colour, in the card at a point, and in the contact sheet.</source>
        <translation>一幅图像在其编码处的重构损失 −ln p(x|z)，或其 KL 散度，属于旁边所写的模型：显示为点的颜色、点旁的卡片和缩略图表中的数值。</translation>
    </message>
    <message>
        <source>Rings of the prior: 1, 2, 2.45 σ</source>
        <translation>先验的圆环：1、2、2.45 σ</translation>
    </message>
    <message>
        <source>Root mean square over dimensions of the mean of sampled codes, one draw of q(z|x) an image, from that of the prior.</source>
        <translation>采样编码（每张图像从 q(z|x) 抽取一次）的均值与先验均值之差，对各维度取均方根。</translation>
    </message>
    <message>
        <source>Roy &amp; Vetterli 2007</source>
        <translation>Roy 与 Vetterli，2007</translation>
    </message>
    <message>
        <source>Salakhutdinov &amp; Murray 2008</source>
        <translation>Salakhutdinov 与 Murray，2008</translation>
    </message>
    <message>
        <source>Seed of the run</source>
        <translation>训练的随机种子</translation>
    </message>
    <message>
        <source>Selected images</source>
        <translation>选中的图像</translation>
    </message>
    <message>
        <source>Share of draws of the prior that lie within 1σ, and 2σ, of at least one image&apos;s posterior: where none reaches, the decoder was not trained.</source>
        <translation>先验抽样中落在至少一幅图像后验的 1σ（及 2σ）之内的比例：没有后验到达之处，解码器未受过训练。</translation>
    </message>
    <message>
        <source>Share of real pictures that are as unlike the others as the decoded picture is, or more, by features, sharpness and signs of two images mixed. 50 % is usual; at 5 % or less the picture is unlike real ones.</source>
        <translation>与其他真实图像的差异不小于这幅解码图像的真实图像的比例，按特征、清晰度和两图混合的迹象衡量。50 % 属正常；不超过 5 % 表示它不像真实图像。</translation>
    </message>
    <message>
        <source>Share of the average that this image has, by its posterior&apos;s density at the cursor.</source>
        <translation>此图像在平均中所占的份额，由其后验在光标处的密度决定。</translation>
    </message>
    <message>
        <source>Share of the data&apos;s images that come back as far from themselves, or farther, as the code under the cursor does when its decoded picture is encoded: |E(D(z)) − z|. 50 % is usual; at 0.5 % or less the picture is encoded elsewhere.</source>
        <translation>数据图像中往返后偏离自身的距离与光标处编码（其解码图片再编码）相同或更远的比例：|E(D(z)) − z|。50 % 属正常；不超过 0.5 % 时，图片被编码到别处。</translation>
    </message>
    <message>
        <source>Sides differ by; error of the sums</source>
        <translation>两边相差；求和误差</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>Spread / the prior&apos;s</source>
        <translation>展布 / 先验的展布</translation>
    </message>
    <message>
        <source>Squared maximum mean discrepancy of sampled codes and as many draws of the prior, with an inverse multiquadric kernel: about 0 where they are distributed alike, below it by chance.</source>
        <translation>采样编码与同样多的先验抽样之间最大均值差异的平方，用逆多二次核：同分布时约为 0，偶尔会低于 0。</translation>
    </message>
    <message>
        <source>Standard deviation of sampled codes, one draw of q(z|x) an image, over that of the prior, mean over dimensions: 1 where the two agree.</source>
        <translation>采样编码（每张图像从 q(z|x) 抽取一次）的标准差与先验标准差之比，对各维度取平均：两者一致时为 1。</translation>
    </message>
    <message>
        <source>True posterior</source>
        <translation>真实后验</translation>
    </message>
    <message>
        <source>True posterior p(z|x)</source>
        <translation>真实后验 p(z|x)</translation>
    </message>
    <message>
        <source>Weight of an image</source>
        <translation>图像的权重</translation>
    </message>
    <message>
        <source>Which codes could have made this image, by the decoder and the prior alone: p(x|z) p(z) / p(x). The encoder&apos;s q(z|x) is a guess at it, one Gaussian along the axes; the true one may be bent, or have several parts. Summed over a grid of codes, so for one or two latent dimensions.</source>
        <translation>仅凭解码器和先验，哪些编码可能产生此图像：p(x|z) p(z) / p(x)。编码器的 q(z|x) 是对它的猜测，是沿坐标轴的一个高斯；真实后验可能弯曲，或有几个部分。在编码的网格上求和，因此只适用于一维或二维潜在空间。</translation>
    </message>
    <message>
        <source>Why blurry</source>
        <translation>为何模糊</translation>
    </message>
    <message>
        <source>ln of the mean of p(x, z) / q(z|x) over 1,000 draws z of q(z|x), ± its standard error: knows nothing of the grid, and reaches ln p(x) where q(z|x) misses no part of p(z|x).</source>
        <translation>q(z|x) 的 1,000 次抽样 z 上 p(x, z) / q(z|x) 的均值的对数，± 其标准误：与网格无关，当 q(z|x) 没有漏掉 p(z|x) 的任何部分时达到 ln p(x)。</translation>
    </message>
    <message>
        <source>ln p(x) = ELBO + KL</source>
        <translation>ln p(x) = ELBO + KL</translation>
    </message>
    <message>
        <source>that of the measure</source>
        <translation>该度量的单位</translation>
    </message>
    <message>
        <source>the prior&apos;s standard deviation</source>
        <translation>先验的标准差</translation>
    </message>
    <message>
        <source>σ² in squared pixel values, black 0 and white 1</source>
        <translation>σ² 为像素值的平方，黑 0、白 1</translation>
    </message>
    <message>
        <source>■ μ, + draws</source>
        <translation>■ μ，+ 抽样</translation>
    </message>
    <message>
        <source>□ samples</source>
        <translation>□ 样本</translation>
    </message>
    <message>
        <source>★ your image, ☆ refined z</source>
        <translation>★ 自选图像，☆ 优化后的 z</translation>
    </message>
    <message>
        <source>How far the map&apos;s plane is moved along a direction that it hides; 0 goes through the mean of the codes.</source>
        <translation>图的平面沿图上看不到的方向移动了多远；0 表示经过编码的均值。</translation>
    </message>
    <message>
        <source>spreads of the codes along that direction</source>
        <translation>编码沿该方向的散布</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Path over direct change</source>
        <translation>路径与直接变化之比</translation>
    </message>
    <message>
        <source>Largest step</source>
        <translation>最大一步</translation>
    </message>
    <message>
        <source>Largest change from one frame to the next, over the mean change: 1 is perfectly even, a large number is a jump.</source>
        <translation>相邻两帧之间的最大变化除以平均变化：1 表示完全均匀，数值大表示跳变。</translation>
    </message>
    <message>
        <source>mean steps</source>
        <translation>平均步</translation>
    </message>
    <message>
        <source>Change per frame</source>
        <translation>每帧变化</translation>
    </message>
    <message>
        <source>How much the picture changes from the frame before, as a root mean square over its pixels, black 0 and white 1.</source>
        <translation>图像相对前一帧的变化，按像素取均方根，黑为 0，白为 1。</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Place along the path; the same number is the same place in both models.</source>
        <translation>路径上的位置；两个模型中同一编号就是同一位置。</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Directions</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>AUROC</source>
        <translation>AUROC</translation>
    </message>
    <message>
        <source>Chance that an image of group + lies farther along the direction than one of group −, on images that the direction was not made from: 0.5 tells nothing, 1 separates all.</source>
        <translation>在没有用来求方向的图像上，+ 组的图像比 − 组的图像沿该方向更远的概率：0.5 表示毫无区分，1 表示完全分开。</translation>
    </message>
    <message>
        <source>Random directions</source>
        <translation>随机方向</translation>
    </message>
    <message>
        <source>AUROC that directions drawn at random reach, each turned the right way: a direction means something if it beats nearly all of them.</source>
        <translation>随机抽取（并取正确朝向）的方向所达到的 AUROC：一个方向要胜过几乎所有随机方向才有意义。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How far the direction is applied: 1 moves a code by the distance between the two groups&apos; means.</source>
        <translation>方向施加多远：1 表示把编码移动两组均值之间的距离。</translation>
    </message>
    <message>
        <source>distances of the groups&apos; means</source>
        <translation>两组均值的距离</translation>
    </message>
    <message>
        <source>Images in a group</source>
        <translation>组内图像</translation>
    </message>
    <message>
        <source>How many images the group holds; a direction is the difference of the two groups&apos; mean codes.</source>
        <translation>该组有多少图像；方向是两组平均编码之差。</translation>
    </message>
    <message>
        <source>images</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>Nearest image</source>
        <translation>最近图像</translation>
    </message>
    <message>
        <source>The data image whose code is nearest to A − B + C, and its distance; A, B and C themselves are left out.</source>
        <translation>编码离 A − B + C 最近的数据图像及其距离；A、B、C 本身除外。</translation>
    </message>
    <message>
        <source>Your image</source>
        <translation>自选图像</translation>
    </message>
    <message>
        <source>Loss of your image</source>
        <translation>自选图像的损失</translation>
    </message>
    <message>
        <source>Reconstruction loss of your image at its code, nothing sampled; after an arrow, at the refined code.</source>
        <translation>自选图像在其编码处的重构损失，不抽样；箭头后是优化后的编码处。</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <source>MSE per pixel of your image</source>
        <translation>自选图像的每像素 MSE</translation>
    </message>
    <message>
        <source>Mean squared difference of a pixel value between your image and its reconstruction, black 0 and white 1; after an arrow, at the refined code.</source>
        <translation>自选图像与其重构之间每个像素值之差的平方的平均，黑为 0，白为 1；箭头后是优化后的编码处。</translation>
    </message>
    <message>
        <source>units of the code, or pixel values</source>
        <translation>编码单位，或像素值</translation>
    </message>
    <message>
        <source>σ of your image</source>
        <translation>自选图像的 σ</translation>
    </message>
    <message>
        <source>Standard deviation of the posterior of your image in each latent dimension: near 1 with a mean near 0, the dimension says nothing about it.</source>
        <translation>自选图像的后验在每个潜变量维度上的标准差：若接近 1 且均值接近 0，该维度没有携带它的信息。</translation>
    </message>
    <message>
        <source>Refinement steps</source>
        <translation>优化步数</translation>
    </message>
    <message>
        <source>How many steps the code of your image was improved in, against the reconstruction error.</source>
        <translation>为减小重构误差，自选图像的编码优化了多少步。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>Reconstruction loss: −ln p(x|z), summed over pixels and averaged over images, so how badly the decoder predicts the image from its code.</source>
        <translation>重构损失：−ln p(x|z)，对像素求和、对图像取平均，即解码器从编码预测图像有多差。</translation>
    </message>
    <message>
        <source>nats per image</source>
        <translation>nats/图像</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Total at β = 1</source>
        <translation>总损失（β = 1）</translation>
    </message>
    <message>
        <source>MSE per pixel</source>
        <translation>每像素 MSE</translation>
    </message>
    <message>
        <source>Mean squared error of a pixel value over held-out images, decoded from the code without sampling; black is 0 and white is 1, so these are no nats.</source>
        <translation>留出图像每个像素值的均方误差，直接由编码解码、不抽样；黑为 0，白为 1，所以不是 nats。</translation>
    </message>
    <message>
        <source>± standard error</source>
        <translation>± 标准误</translation>
    </message>
    <message>
        <source>Loss curves</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>How many batches of images the models have been trained on: one optimisation step each.</source>
        <translation>模型已经训练了多少批图像：每批是一个优化步。</translation>
    </message>
    <message>
        <source>optimisation steps</source>
        <translation>优化步</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>How many times all training images have been used.</source>
        <translation>所有训练图像已被使用的次数。</translation>
    </message>
    <message>
        <source>passes over the training images</source>
        <translation>遍历训练图像的次数</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>β</source>
        <translation>β</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Size of an optimisation step: too large and the loss jumps, too small and it hardly falls.</source>
        <translation>一个优化步的大小：太大损失会跳动，太小几乎不下降。</translation>
    </message>
    <message>
        <source>Noise on the input</source>
        <translation>输入噪声</translation>
    </message>
    <message>
        <source>Standard deviation of the noise that is added to training images before they are encoded; black is 0 and white is 1.</source>
        <translation>编码之前加到训练图像上的噪声的标准差；黑为 0，白为 1。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>How many images one optimisation step is taken on.</source>
        <translation>一个优化步使用多少幅图像。</translation>
    </message>
    <message>
        <source>Latent dimensions</source>
        <translation>潜变量维度</translation>
    </message>
    <message>
        <source>How many numbers a code has: what the decoder gets of an image.</source>
        <translation>一个编码有多少个数：解码器能得到的图像信息。</translation>
    </message>
    <message>
        <source>dimensions</source>
        <translation>维度</translation>
    </message>
    <message>
        <source>Layers of the network</source>
        <translation>网络的各层</translation>
    </message>
    <message>
        <source>The encoder&apos;s layers and their sizes, from the pixels to the code; the decoder goes the other way.</source>
        <translation>编码器各层及其大小，从像素到编码；解码器反向。</translation>
    </message>
    <message>
        <source>units per layer</source>
        <translation>每层单元数</translation>
    </message>
    <message>
        <source>Images of the data set</source>
        <translation>数据集的图像</translation>
    </message>
    <message>
        <source>How many images are trained on, and how many are held out: models never train on these, so that losses on them show what was learnt.</source>
        <translation>有多少图像用于训练，多少留出：模型从不在留出图像上训练，因此留出损失能反映学到了什么。</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>moments, MB</source>
        <translation>个时刻，MB</translation>
    </message>
    <message>
        <source>Status bar</source>
        <translation>状态栏</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>图像/秒</translation>
    </message>
    <message>
        <source>How many images each model has been trained on in the last second.</source>
        <translation>最近一秒内每个模型训练了多少幅图像。</translation>
    </message>
    <message>
        <source>images per second</source>
        <translation>图像/秒</translation>
    </message>
    <message>
        <source>decode, paint</source>
        <translation>解码、绘制</translation>
    </message>
    <message>
        <source>Time to decode the image under the cursor, and to paint the window once.</source>
        <translation>解码光标处图像的时间，以及绘制一次窗口的时间。</translation>
    </message>
    <message>
        <source>milliseconds</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Memory that the program takes, the trainer&apos;s part included.</source>
        <translation>程序占用的内存，包括训练进程。</translation>
    </message>
    <message>
        <source>MB or GB</source>
        <translation>MB 或 GB</translation>
    </message>
    <message>
        <source>Device, threads</source>
        <translation>设备、线程</translation>
    </message>
    <message>
        <source>What the models are trained on: the processor (CPU) with this many threads, or a graphics card (CUDA).</source>
        <translation>模型在什么设备上训练：处理器（CPU）及其线程数，或显卡（CUDA）。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>How much of the running job is done, and the time it still takes.</source>
        <translation>正在运行的任务完成了多少，还需要多长时间。</translation>
    </message>
    <message>
        <source>minutes:seconds left</source>
        <translation>剩余 分:秒</translation>
    </message>
    <message>
        <source>Under the cursor</source>
        <translation>光标处</translation>
    </message>
    <message>
        <source>z1, z2, …</source>
        <translation>z1、z2、…</translation>
    </message>
    <message>
        <source>The code under the cursor, one number for each latent dimension: the decoder turns it into the decoded image.</source>
        <translation>光标处的编码，每个潜变量维度一个数：解码器把它变成解码图像。</translation>
    </message>
    <message>
        <source>PC1, PC2, …</source>
        <translation>PC1、PC2、…</translation>
    </message>
    <message>
        <source>|z|</source>
        <translation>|z|</translation>
    </message>
    <message>
        <source>Image number</source>
        <translation>图像编号</translation>
    </message>
    <message>
        <source>The data image whose code is nearest to the cursor, by its number in the data set, with its class and the name of its file where there are any.</source>
        <translation>编码离光标最近的数据图像：它在数据集中的编号，以及类别和文件名（如果有）。</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>Mean squared difference between the decoded image and the original, over all pixel values, black 0 and white 1.</source>
        <translation>解码图像与原图之差的平方在所有像素值上的平均，黑为 0，白为 1。</translation>
    </message>
    <message>
        <source>Bars of the code</source>
        <translation>编码条</translation>
    </message>
    <message>
        <source>Each latent dimension of the code under the cursor as a bar, up for positive and down for negative values.</source>
        <translation>光标处编码的每个潜变量维度画成一条：正值向上，负值向下。</translation>
    </message>
    <message>
        <source>Numbers along a map</source>
        <translation>图边上的数字</translation>
    </message>
    <message>
        <source>Coordinates of the map, the same unit on both axes, so that distances on the map are distances between codes.</source>
        <translation>图的坐标，两个轴单位相同，因此图上的距离就是编码之间的距离。</translation>
    </message>
    <message>
        <source>Is there data here?</source>
        <translation>这里有数据吗？</translation>
    </message>
    <message>
        <source>Data here</source>
        <translation>此处有数据</translation>
    </message>
    <message>
        <source>Share of the data&apos;s images that lie in places as sparse as this one, or sparser: whether the decoder was trained here. 50 % is usual; at 0.5 % or less there is no data here, and the picture is an extrapolation.</source>
        <translation>处在同样稀疏或更稀疏之处的数据图像的比例：解码器是否在这里训练过。50 % 属正常；不超过 0.5 % 表示此处没有数据，图像只是外推。</translation>
    </message>
    <message>
        <source>share of images</source>
        <translation>图像的比例</translation>
    </message>
    <message>
        <source>Looks real</source>
        <translation>像真实图像</translation>
    </message>
    <message>
        <source>share of real pictures</source>
        <translation>真实图像的比例</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返</translation>
    </message>
    <message>
        <source>|z| in the prior</source>
        <translation>|z| 在先验中的位置</translation>
    </message>
    <message>
        <source>Share of draws of the prior that lie nearer to 0 than this code, and farther: near 0 is not the middle of N(0, I) in many dimensions, whose draws lie on a shell of radius √d.</source>
        <translation>先验抽样中比此编码更靠近 0 的比例和更远的比例：维度多时 0 附近并不是 N(0, I) 的中间，它的抽样落在半径 √d 的球壳上。</translation>
    </message>
    <message>
        <source>share of prior draws</source>
        <translation>先验抽样的比例</translation>
    </message>
    <message>
        <source>Magnification √det G</source>
        <translation>放大率 √det G</translation>
    </message>
    <message>
        <source>How much the decoded picture changes for a small step of the code, over all directions of the map; logarithmic colours.</source>
        <translation>编码走一小步时解码图像变化多少（图的所有方向合计）；颜色按对数。</translation>
    </message>
    <message>
        <source>change of picture per area of code</source>
        <translation>每单位编码面积的图像变化</translation>
    </message>
    <message>
        <source>KL per dimension</source>
        <translation>各维度的 KL 散度</translation>
    </message>
    <message>
        <source>KL divergence of the posterior from the prior in each latent dimension, one lamp each: bright carries much about the image, dark (below 0.01) nothing.</source>
        <translation>每个潜变量维度上后验相对先验的 KL 散度，每个维度一盏灯：亮表示携带的图像信息多，暗（低于 0.01）表示没有。</translation>
    </message>
    <message>
        <source>Dimensions used</source>
        <translation>使用的维度</translation>
    </message>
    <message>
        <source>With a posterior: active units, dimensions whose posterior mean has a variance above 0.01 over held-out images. Without: the effective rank of the codes.</source>
        <translation>有后验时：活跃单元，即后验均值在留出图像上方差大于 0.01 的维度。没有时：编码的有效秩。</translation>
    </message>
    <message>
        <source>of all latent dimensions</source>
        <translation>占全部潜变量维度</translation>
    </message>
    <message>
        <source>Effective rank</source>
        <translation>有效秩</translation>
    </message>
    <message>
        <source>How many dimensions the held-out codes of a model without a posterior really use: the exponential of the entropy of their normalised singular values.</source>
        <translation>没有后验的模型的留出编码实际使用多少维度：归一化奇异值的熵的指数。</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>Prior within 1σ / 2σ</source>
        <translation>1σ / 2σ 内的先验</translation>
    </message>
    <message>
        <source>Contours and rings: %</source>
        <translation>等高线与圆环：%</translation>
    </message>
    <message>
        <source>share of the distribution</source>
        <translation>分布的比例</translation>
    </message>
    <message>
        <source>Lower is better.</source>
        <translation>越低越好。</translation>
    </message>
    <message>
        <source>Higher is better.</source>
        <translation>越高越好。</translation>
    </message>
    <message>
        <source>Unit: {0}.</source>
        <translation>单位：{0}。</translation>
    </message>
    <message>
        <source>{name}: {said}</source>
        <translation>{name}：{said}</translation>
    </message>
</context>
<context>
    <name>GlossaryDialog</name>
    <message>
        <source>Glossary</source>
        <translation>术语表</translation>
    </message>
    <message>
        <source>Search terms and what is said of them</source>
        <translation>搜索术语及其说明</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>术语</translation>
    </message>
    <message>
        <source>No term has these words.</source>
        <translation>没有术语包含这些字词。</translation>
    </message>
    <message>
        <source>Close</source>
        <extracomment>Rows at the top of the list for the requested terms.</extracomment>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Where you asked</source>
        <translation>您所问之处</translation>
    </message>
    <message>
        <source>Source: {0}.</source>
        <translation>出处：{0}。</translation>
    </message>
</context>
<context>
    <name>GroupRow</name>
    <message>
        <source>Fill group {sign} with the lasso and the keyboard</source>
        <translation>用套索和键盘向 {sign} 组添加图像</translation>
    </message>
    <message>
        <source>Add the picked image (or Insert on the map: the one under the pointer)</source>
        <translation>加入所选图像（或在图上按 Insert：加入指针处的图像）</translation>
    </message>
    <message>
        <source>Empty the group</source>
        <translation>清空此组</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手选</translation>
    </message>
</context>
<context>
    <name>GroupsMenu</name>
    <message>
        <source>What is measured</source>
        <translation>度量什么</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>所有组</translation>
    </message>
    <message>
        <source>{0} of {1} groups</source>
        <translation>{1} 组中的 {0} 组</translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation>全部(&amp;A)</translation>
    </message>
    <message>
        <source>Only the &amp;quick ones</source>
        <translation>只要快的(&amp;Q)</translation>
    </message>
    <message>
        <source>{0} (slow)</source>
        <translation>{0}（慢）</translation>
    </message>
</context>
<context>
    <name>HeatOverlay</name>
    <message>
        <source>{0}: n/a. {1}</source>
        <translation>{0}：不适用。{1}</translation>
    </message>
    <message>
        <source>{0}: being measured…</source>
        <extracomment>Opacity over decoded tiles, which must remain visible; and of the points above it, which would hide it where they are dense. The glossary&apos;s entry on each kind of heat map.</extracomment>
        <translation>{0}：正在测量…</translation>
    </message>
    <message>
        <source>Data here</source>
        <translation>此处有数据</translation>
    </message>
    <message>
        <source>Looks real</source>
        <translation>像真实图像</translation>
    </message>
    <message>
        <source>Round trip |E(D(z)) − z|</source>
        <translation>往返 |E(D(z)) − z|</translation>
    </message>
    <message>
        <source>Magnification √det G</source>
        <translation>放大率 √det G</translation>
    </message>
    <message>
        <source>Data here: share of images as sparse</source>
        <translation>此处有数据：同样稀疏的图像占比</translation>
    </message>
    <message>
        <source>Looks real: share of real pictures as unlike</source>
        <translation>像真实图像：同样不像的真实图像占比</translation>
    </message>
    <message>
        <source>Round trip: share of images that come back as far</source>
        <translation>往返：往返距离同样远的图像占比</translation>
    </message>
    <message>
        <source>Magnification √det G, logarithmic</source>
        <translation>放大率 √det G，对数刻度</translation>
    </message>
    <message>
        <source>Data here: share of {m} images in places as sparse, or sparser, logarithmic; no data at 0.5 % or less</source>
        <translation>此处有数据：{m} 幅图像中，所在之处同样稀疏或更稀疏者的占比，对数刻度；不高于 0.5 % 即没有数据</translation>
    </message>
    <message>
        <source>Looks real: share of {m} real pictures as unlike the others, or more, logarithmic; unlike at 5 % or less</source>
        <translation>像真实图像：{m} 幅真实图像中，与其他图像同样不像或更不像者的占比，对数刻度；不高于 5 % 即不像</translation>
    </message>
    <message>
        <source>Round trip |E(D(z)) − z|: share of {m} images that come back as far, or farther, logarithmic; encoded elsewhere at 0.5 % or less</source>
        <translation>往返 |E(D(z)) − z|：{m} 幅图像中往返距离同样远或更远的占比，对数刻度；不超过 0.5 % 时表示编码到别处</translation>
    </message>
    <message>
        <source>{0} (too few images to tell)</source>
        <translation>{0}（图像太少，无法判断）</translation>
    </message>
    <message>
        <source>{0} (cannot tell here what looks real: of bad pictures it notices {1})</source>
        <translation>{0}（此处无法判断何者像真实图像：对劣质图像的识别率为 {1}）</translation>
    </message>
    <message>
        <source>Magnification √det G: change of picture by code, logarithmic</source>
        <translation>放大率 √det G：图像随编码的变化率，对数刻度</translation>
    </message>
</context>
<context>
    <name>HelpMenu</name>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Take the &amp;tour</source>
        <translation>导览(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Glossary</source>
        <translation>术语表(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;What is this number?</source>
        <translation>这个数是什么？(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>键盘与鼠标(&amp;K)</translation>
    </message>
    <message>
        <source>Open the &amp;log</source>
        <translation>打开日志(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About Latent Explorer</source>
        <translation>关于 Latent Explorer(&amp;A)</translation>
    </message>
</context>
<context>
    <name>HiddenPolicy</name>
    <message>
        <source>other dimensions: as the linked picture is encoded</source>
        <translation>其余维度：取自联动图像的编码</translation>
    </message>
    <message>
        <source>This pane decodes the whole code of the other pane&apos;s picture.</source>
        <translation>本窗格解码另一窗格图像的完整编码。</translation>
    </message>
    <message>
        <source>other dimensions: those of the linked image</source>
        <translation>其余维度：取自联动图像的编码</translation>
    </message>
    <message>
        <source>This pane decodes the whole code of the image that the cursors are linked by.</source>
        <translation>本窗格解码联动光标所依据图像的完整编码。</translation>
    </message>
    <message>
        <source>other dimensions: held at the prior&apos;s mean</source>
        <translation>其余维度：固定在先验均值</translation>
    </message>
    <message>
        <source>other dimensions: held at zero</source>
        <translation>其余维度：固定为零</translation>
    </message>
    <message>
        <source>other dimensions: held at the mean</source>
        <translation>其余维度：固定为均值</translation>
    </message>
    <message>
        <source>other dimensions: held at the mean, no image picked</source>
        <translation>其余维度：固定为均值，未选图像</translation>
    </message>
    <message>
        <source>Click a point, or press Enter on the map, to hold them at an image.</source>
        <translation>点击一个点，或在潜空间图上按回车键，即可固定为某幅图像的编码。</translation>
    </message>
    <message>
        <source>other dimensions: held at the mean, picked image not on this map</source>
        <translation>其余维度：固定为均值，所选图像不在图上</translation>
    </message>
    <message>
        <source>While models train, maps show some of the images only.</source>
        <translation>训练期间，潜空间图只显示部分图像。</translation>
    </message>
    <message>
        <source>other dimensions: held at picked image</source>
        <translation>其余维度：固定为所选图像的编码</translation>
    </message>
    <message>
        <source>Image {row}, marked by a diamond on the maps; Esc lets go of it.</source>
        <translation>图像 {row}，在潜空间图上以菱形标出；按 Esc 取消选择。</translation>
    </message>
</context>
<context>
    <name>HoleWords</name>
    <message>
        <source>Needs finite codes of at least two images on the map.</source>
        <extracomment>With more dimensions the text mentions that the prior&apos;s mass is on a shell.</extracomment>
        <translation>图上至少需要两幅图像的有限编码。</translation>
    </message>
    <message>
        <source>All images have the same code: no place is denser or sparser.</source>
        <translation>所有图像的编码相同：各处的疏密没有差别。</translation>
    </message>
    <message>
        <source>The codes are too large to measure distances between them.</source>
        <translation>编码过大，无法测量其间的距离。</translation>
    </message>
    <message>
        <source>This checkpoint was saved without σ, so it is not known where its decoder was trained.</source>
        <translation>此检查点未保存 σ，因此不知其解码器在何处受过训练。</translation>
    </message>
    <message>
        <source>Needs the data set&apos;s images: choose the data set in the toolbar.</source>
        <translation>需要数据集的图像：请在工具栏中选择数据集。</translation>
    </message>
    <message>
        <source>The data set&apos;s images are being looked at.</source>
        <translation>正在查看数据集的图像。</translation>
    </message>
    <message>
        <source>Needs at least 80 images.</source>
        <translation>至少需要 80 幅图像。</translation>
    </message>
    <message>
        <source>All images look the same: no picture is more like them than another.</source>
        <translation>所有图像看起来都相同：没有哪幅图像比另一幅更像它们。</translation>
    </message>
    <message>
        <source>no codes</source>
        <translation>无编码</translation>
    </message>
    <message>
        <source>equal codes</source>
        <translation>编码相同</translation>
    </message>
    <message>
        <source>huge codes</source>
        <translation>编码过大</translation>
    </message>
    <message>
        <source>no σ saved</source>
        <translation>未保存 σ</translation>
    </message>
    <message>
        <source>no images</source>
        <translation>无图像</translation>
    </message>
    <message>
        <source>preparing…</source>
        <translation>准备中…</translation>
    </message>
    <message>
        <source>few images</source>
        <translation>图像太少</translation>
    </message>
    <message>
        <source>all alike</source>
        <translation>图像相同</translation>
    </message>
    <message>
        <source>other size</source>
        <translation>尺寸不同</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>非有限值</translation>
    </message>
    <message>
        <source>no weights</source>
        <translation>无权重</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>No data here ({limit} or less): this picture is an extrapolation.</source>
        <translation>此处没有数据（不超过 {limit}）：此图像是外推。</translation>
    </message>
    <message>
        <source>Data here, but this picture is unlike real ones ({limit} or less).</source>
        <translation>此处有数据，但此图像不像真实图像（不超过 {limit}）。</translation>
    </message>
    <message>
        <source>Data here, but this picture is encoded elsewhere ({limit} or less).</source>
        <translation>此处有数据，但此图像会被编码到别处（不超过 {limit}）。</translation>
    </message>
    <message>
        <source>Too few images to tell whether there are data here.</source>
        <translation>图像太少，无法判断此处是否有数据。</translation>
    </message>
    <message>
        <source>Data here, but this picture is unlike real ones.</source>
        <translation>此处有数据，但此图像不像真实图像。</translation>
    </message>
    <message>
        <source>Data here, but this picture is encoded elsewhere.</source>
        <translation>此处有数据，但此图像会被编码到别处。</translation>
    </message>
    <message>
        <source>Data here.</source>
        <translation>此处有数据。</translation>
    </message>
    <message>
        <source>Too few images</source>
        <translation>图像太少</translation>
    </message>
    <message>
        <source>No data here</source>
        <translation>此处无数据</translation>
    </message>
    <message>
        <source>Data, looks unreal</source>
        <translation>有数据，不像真图</translation>
    </message>
    <message>
        <source>Data, no round trip</source>
        <translation>有数据，往返不回</translation>
    </message>
    <message>
        <source>Data here</source>
        <translation>此处有数据</translation>
    </message>
    <message>
        <source>Few images</source>
        <translation>图像过少</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>Looks unreal</source>
        <translation>不真实</translation>
    </message>
    <message>
        <source>No round trip</source>
        <translation>往返不符</translation>
    </message>
    <message>
        <source>Of {draws} draws of the prior {prior}, {nearer} lie where it is denser than here and {farther} where it is sparser.</source>
        <translation>先验 {prior} 的 {draws} 个样本中，{nearer} 位于比此处更稠密之处，{farther} 位于更稀疏之处。</translation>
    </message>
    <message>
        <source>{radius} standard deviations from the mean of the prior {prior}, its shell at {shell}: {nearer} of its draws are nearer, {farther} farther.</source>
        <translation>距先验 {prior} 的均值 {radius} 个标准差，其球壳在 {shell} 处：{nearer} 的先验抽样更近，{farther} 更远。</translation>
    </message>
    <message>
        <source>|z| {radius}: {nearer} of prior draws are nearer to 0, {farther} farther.</source>
        <translation>|z| {radius}：从先验抽取的点有 {nearer} 更靠近 0，{farther} 更远。</translation>
    </message>
    <message>
        <source>|z| {radius}, the prior&apos;s shell at {shell}: {nearer} of prior draws are nearer to 0, {farther} farther.</source>
        <translation>|z| {radius}，先验的球壳在 {shell}：从先验抽取的点有 {nearer} 更靠近 0，{farther} 更远。</translation>
    </message>
    <message>
        <source>too few images</source>
        <translation>图像太少</translation>
    </message>
    <message>
        <source>denser than no image</source>
        <translation>比所有图像都稀疏</translation>
    </message>
    <message>
        <source>denser than {0} of images</source>
        <translation>比 {0} 的图像更密</translation>
    </message>
    <message>
        <source>nearer than no real picture</source>
        <translation>比所有真实图片都远</translation>
    </message>
    <message>
        <source>nearer than {0} of real pictures</source>
        <translation>比 {0} 的真实图片更近</translation>
    </message>
    <message>
        <source>longer than for all images</source>
        <translation>比所有图像都长</translation>
    </message>
    <message>
        <source>shorter than for {0} of images</source>
        <translation>比 {0} 的图像更短</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>cross-fades</source>
        <translation>交叉淡化</translation>
    </message>
    <message>
        <source>mean images</source>
        <translation>平均图像</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>foreign images</source>
        <translation>外来图像</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>The data set&apos;s images have another size than the model&apos;s.</source>
        <translation>数据集图像的尺寸与模型不符。</translation>
    </message>
    <message>
        <source>The code under the cursor is not a finite number.</source>
        <translation>光标处的编码不是有限数。</translation>
    </message>
    <message>
        <source>The model&apos;s weights are not at hand.</source>
        <translation>没有模型的权重。</translation>
    </message>
    <message>
        <source>At every image&apos;s code the decoder&apos;s derivative is 0 or not finite.</source>
        <translation>在所有图像的编码处，解码器的导数为 0 或不是有限值。</translation>
    </message>
    <message>
        <source>It could not be computed.</source>
        <translation>无法计算。</translation>
    </message>
    <message>
        <source>|z| {radius}: {nearer} of the prior nearer to 0.</source>
        <translation>|z| {radius}：先验有 {nearer} 更靠近 0。</translation>
    </message>
    <message>
        <source>No data here: this picture is an extrapolation.</source>
        <translation>此处没有数据：此图像是外推。</translation>
    </message>
</context>
<context>
    <name>HolesController</name>
    <message>
        <source>The data set&apos;s images could not be looked at; see the details.</source>
        <translation>无法查看数据集的图像；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>ImageName</name>
    <message>
        <source>image {number}</source>
        <translation>图像 {number}</translation>
    </message>
    <message>
        <source>held-out</source>
        <translation>留出</translation>
    </message>
</context>
<context>
    <name>ImportFolderDialog</name>
    <message>
        <source>Images from a folder</source>
        <extracomment>Value of the entry that opens a file dialog.</extracomment>
        <translation>从文件夹读入图像</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Make square by</source>
        <translation>变为方形</translation>
    </message>
    <message>
        <source>Colour</source>
        <comment>name of the choice</comment>
        <translation>颜色</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Most images to read</source>
        <translation>最多读入图像数</translation>
    </message>
    <message>
        <source>The most images to read, chosen at random; “all” for every one.</source>
        <translation>最多读入多少幅图像（随机选取）；“全部”表示读入每一幅。</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>A CSV table with a column of file names: a column “label” or “class” becomes the classes, columns of numbers become factors.</source>
        <translation>含文件名列的 CSV 表格：“label”或“class”列成为类别，数字列成为因子。</translation>
    </message>
    <message>
        <source>automatic</source>
        <comment>white level</comment>
        <translation>自动</translation>
    </message>
    <message>
        <source>White level</source>
        <translation>白电平</translation>
    </message>
    <message>
        <source>As the folders are</source>
        <translation>按文件夹</translation>
    </message>
    <message>
        <source>From a CSV file…</source>
        <translation>来自 CSV 文件…</translation>
    </message>
    <message>
        <source>{side} × {side} pixels</source>
        <translation>{side} × {side} 像素</translation>
    </message>
    <message>
        <source>As the images suggest</source>
        <translation>由图像决定</translation>
    </message>
    <message>
        <source>As the images are</source>
        <translation>与图像一致</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Cropping to the centre</source>
        <translation>居中裁剪</translation>
    </message>
    <message>
        <source>Padding with black</source>
        <translation>补黑边</translation>
    </message>
    <message>
        <source>Stretching</source>
        <translation>拉伸</translation>
    </message>
    <message>
        <source>One picture found, and at least two are needed. Choose a folder with PNG, JPEG, BMP, GIF, WebP, TIFF or PGM files.</source>
        <translation>只找到 1 幅图像，至少需要两幅。请选择含有 PNG、JPEG、BMP、GIF、WebP、TIFF 或 PGM 文件的文件夹。</translation>
    </message>
    <message>
        <source>No pictures found, and at least two are needed. Choose a folder with PNG, JPEG, BMP, GIF, WebP, TIFF or PGM files.</source>
        <translation>没有找到图像，至少需要两幅。请选择含有 PNG、JPEG、BMP、GIF、WebP、TIFF 或 PGM 文件的文件夹。</translation>
    </message>
    <message>
        <source>Pictures found: {train} in folders to train on, {held} in folders to test on, which are held out.</source>
        <translation>找到的图像：训练文件夹中 {train} 幅，测试文件夹中 {held} 幅，后者留出。</translation>
    </message>
    <message>
        <source>Read images</source>
        <translation>读入图像</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This folder cannot be read ({reason}). Choose another.</source>
        <translation>无法读取此文件夹（{reason}）。请另选一个。</translation>
    </message>
    <message>
        <source>1 file looks like a picture and will be left out.</source>
        <translation>1 个文件看似图像，但不会读入。</translation>
    </message>
    <message>
        <source>{count} files look like pictures and will be left out.</source>
        <translation>{count} 个文件看似图像，但不会读入。</translation>
    </message>
    <message>
        <source>Classes and factors come from {file}; only if it has no column of classes do the folders become the classes.</source>
        <translation>类别和因子取自 {file}；只有当其中没有类别列时，才以文件夹作为类别。</translation>
    </message>
    <message>
        <source>Classes and factors come from {file}.</source>
        <translation>类别和因子取自 {file}。</translation>
    </message>
    <message>
        <source>More than {count} pictures found.</source>
        <translation>找到 {count} 幅以上的图像。</translation>
    </message>
    <message>
        <source>{count} pictures found in {classes} folders.</source>
        <translation>在 {classes} 个文件夹中找到 {count} 张图片。</translation>
    </message>
    <message>
        <source>{count} pictures found in {classes} folders, which become the classes.</source>
        <translation>在 {classes} 个文件夹中找到 {count} 幅图像，这些文件夹将作为类别。</translation>
    </message>
    <message>
        <source>{count} pictures found, without class folders.</source>
        <translation>找到 {count} 幅图像，没有类别文件夹。</translation>
    </message>
</context>
<context>
    <name>Interpolation</name>
    <message>
        <source>{stop} has no code here: its image is not on the map; choose another.</source>
        <translation>{stop} 在此没有编码：其图像不在图上；请另选一幅。</translation>
    </message>
    <message>
        <source>The code of {stop} is not finite: the model has diverged here.</source>
        <translation>{stop} 的编码非有限：模型在此已发散。</translation>
    </message>
    <message>
        <source>The model&apos;s weights are not at hand.</source>
        <translation>没有模型的权重。</translation>
    </message>
    <message>
        <source>No model, no strip: train, or open a checkpoint.</source>
        <extracomment>Initial number of steps of a geodesic, minimum number between two stops, and number of points for comparisons. Independent of the number of frames, so that the path is the same for any number. Steps per frame for measuring constant speed, and number of corrections by the frames&apos; changes. Seconds between two pictures of a path under refinement, and until it is shown as a job. Seconds of rest before *Data here* is measured separately. Points of a drawn line between two stops, and steps between them on which a spherical path is round: there its chords are shorter by no more than 3 parts in 100,000. Steps of the drawn line of a geodesic. Stops and path of the last geodesic, the start of the next one. Model, stops and kind of the last strip: while it is on show, its like of other weights begins nothing plainer.</extracomment>
        <translation>没有模型就没有胶片条：请开始训练，或打开检查点。</translation>
    </message>
    <message>
        <source>The decoder gives values that are not finite here: the model has diverged.</source>
        <translation>解码器在此给出非有限的数值：模型已发散。</translation>
    </message>
    <message>
        <source>All stops have the same code: every frame is the same picture.</source>
        <translation>所有路径点的编码相同：每一帧都是同一图像。</translation>
    </message>
    <message>
        <source>All stops decode to the same picture: path over chord does not apply.</source>
        <translation>所有路径点的解码图像相同：路径/弦长之比不适用。</translation>
    </message>
    <message>
        <source>With one latent dimension all paths run along the same line.</source>
        <translation>潜变量维度为 1 时，所有路径都在同一直线上。</translation>
    </message>
    <message>
        <source>Crosses a gap without images of length {0} ({1} of the way).</source>
        <translation>跨过一处没有图像的间隙，长 {0}（占全程 {1}）。</translation>
    </message>
    <message>
        <source>Crosses {2} gaps without images of length {0} ({1} of the way).</source>
        <translation>跨过 {2} 处没有图像的间隙，长 {0}（占全程 {1}）。</translation>
    </message>
    <message>
        <source>Not quite a geodesic: it is straight where bending made it longer.</source>
        <translation>尚非测地线：弯曲反而更长的路段保持直线。</translation>
    </message>
    <message>
        <source>Not quite a geodesic: on the finest path the picture leaps from point to point.</source>
        <translation>尚非测地线：即使在最细的路径上，画面在点与点之间仍有跳跃。</translation>
    </message>
    <message>
        <source>Not quite a geodesic: refining it ended after {0} steps, before the path settled.</source>
        <translation>尚非测地线：优化在 {0} 步后结束，路径还未稳定。</translation>
    </message>
</context>
<context>
    <name>InterpolationActions</name>
    <message>
        <source>&amp;A at the cursor</source>
        <translation>A 设在光标处(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;B at the cursor</source>
        <translation>B 设在光标处(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Next stop at the cursor</source>
        <translation>下一路径点设在光标处(&amp;N)</translation>
    </message>
    <message>
        <source>A at the picked image</source>
        <translation>A 设为所选图像</translation>
    </message>
    <message>
        <source>B at the picked image</source>
        <translation>B 设为所选图像</translation>
    </message>
    <message>
        <source>Next stop at the picked image</source>
        <translation>下一路径点设为所选图像</translation>
    </message>
    <message>
        <source>&amp;Example: two images</source>
        <translation>示例：两幅图像(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Reverse the path</source>
        <translation>反转路径(&amp;R)</translation>
    </message>
    <message>
        <source>Remove the &amp;last stop</source>
        <translation>移除最后一个路径点(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Clear the path</source>
        <translation>清除路径(&amp;C)</translation>
    </message>
    <message>
        <source>Four stops as a &amp;grid</source>
        <translation>四个路径点排成网格(&amp;G)</translation>
    </message>
    <message>
        <source>Path: {0}</source>
        <translation>路径：{0}</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>L&amp;oop</source>
        <translation>循环(&amp;O)</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>Frame before</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
</context>
<context>
    <name>InterpolationController</name>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Stopped before the path was refined to the end.</source>
        <translation>路径优化未完成即已停止。</translation>
    </message>
    <message>
        <source>The strip could not be made; see the details.</source>
        <extracomment>Between two requests while training (ms): weights change several times a second. One thread per pane. Whether the cursors show the frame under the slider, because the user moved to it. The example shown last, so that the next is another.</extracomment>
        <translation>无法生成胶片条；请查看详细信息。</translation>
    </message>
    <message>
        <source>An example needs two images with different codes, and these maps have none.</source>
        <translation>示例需要两幅编码不同的图像，而这些图上没有。</translation>
    </message>
</context>
<context>
    <name>InterpolationPanel</name>
    <message>
        <source>Interpolation</source>
        <extracomment>Half the width of the slider&apos;s handle, the margin of its groove. Qt&apos;s own upper limit of a widget&apos;s size. Minimum interval of redraws (ms): as fast as strips arrive, both together if they arrive together.</extracomment>
        <translation>插值</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Two images as an example</source>
        <translation>以两幅图像为例</translation>
    </message>
    <message>
        <source>A is chosen. Point at another image on a map and press B, or any free place.</source>
        <translation>已选定 A。请将指针移到图上另一幅图像或任意空处，然后按 B。</translation>
    </message>
    <message>
        <source>B is chosen. Point at another image on a map and press A, or any free place.</source>
        <translation>已选定 B。请将指针移到图上另一幅图像或任意空处，然后按 A。</translation>
    </message>
    <message>
        <source>Point at an image on a map and press A, at another and press B (or click with the right button): each model&apos;s way from A to B is shown here. C adds further stops; drag the lettered handles to move them.</source>
        <translation>将指针移到图上一幅图像处按 A，再移到另一幅处按 B（或单击右键）：此处会显示各模型从 A 到 B 的路径。按 C 添加更多路径点；拖动带字母的手柄可移动路径点。</translation>
    </message>
</context>
<context>
    <name>JobView</name>
    <message>
        <source>Progress of the job</source>
        <translation>任务进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>取消任务</translation>
    </message>
    <message>
        <source>Cancel: {0}</source>
        <translation>取消：{0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
</context>
<context>
    <name>KeepingController</name>
    <message>
        <source>Encoding all images for the kept model</source>
        <extracomment>Images encoded between two checks for cancellation. Queue of tasks for the thread; the first is running.</extracomment>
        <translation>正在为保留的模型编码所有图像</translation>
    </message>
    <message>
        <source>The trainer has ended; open a run, or begin one, to keep models of it.</source>
        <translation>训练进程已结束；请打开或开始一次训练，再保留其中的模型。</translation>
    </message>
    <message>
        <source>{model} is kept already: the pane shows it.</source>
        <translation>{model} 已保留：窗格正显示它。</translation>
    </message>
    <message>
        <source>{model} is kept for comparison. Kept models take {size} of at most {most}.</source>
        <translation>{model} 已保留以供比较。保留的模型占用 {size}，上限 {most}。</translation>
    </message>
    <message>
        <source>This model would take {size}, and {count} kept models take {taken} of at most {most}: drop one of them first.</source>
        <translation>此模型将占用 {size}，而 {count} 个保留的模型已占用 {taken}（上限 {most}）：请先移除其中一个。</translation>
    </message>
    <message>
        <source>A model kept for comparison could not be read and is left out; the run is whole.</source>
        <translation>有一个保留的模型无法读取，已略去；训练本身完好。</translation>
    </message>
    <message>
        <source>There is no data on show yet to compare models on.</source>
        <translation>还没有可用来比较模型的数据。</translation>
    </message>
    <message>
        <source>The model could not be opened in this pane; see the details.</source>
        <translation>无法在此窗格中打开该模型；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>KlBars</name>
    <message>
        <source>KL divergence of each latent dimension</source>
        <extracomment>Widths in px: maximum of a bar, and of the gap after it unless bars are narrow. Height of the hollow bar of a collapsed dimension, so that it is visible. Dimensions, counted from 0, in the order of their bars.</extracomment>
        <translation>各潜在维度的 KL 散度</translation>
    </message>
    <message>
        <source>z{0}: {1} nats</source>
        <translation>z{0}：{1} nat</translation>
    </message>
    <message>
        <source>{0}, collapsed</source>
        <translation>{0}，已坍塌</translation>
    </message>
    <message>
        <source>{0} of {1} above {2} · highest {3} nats</source>
        <translation>{1} 中有 {0} 个高于 {2} · 最高 {3} nat</translation>
    </message>
    <message>
        <source>{0} of {1} above {2}</source>
        <translation>{1} 中有 {0} 个高于 {2}</translation>
    </message>
</context>
<context>
    <name>KnobChange</name>
    <message>
        <source>{knob} of model {number}</source>
        <translation>模型 {number} 的 {knob}</translation>
    </message>
    <message>
        <source>Set to the nearest that these models take: {what}.</source>
        <translation>已设为这些模型可取的最近值：{what}。</translation>
    </message>
    <message>
        <source>Left at each model&apos;s default, as no one value suits all of them: {what}.</source>
        <translation>没有一个值适合所有模型，因此保持各模型的默认值：{what}。</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
</context>
<context>
    <name>KnobFields</name>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Size of a step of the optimiser Adam. Acts on the next step.</source>
        <translation>优化器 Adam 的步长，自下一步起生效。</translation>
    </message>
    <message>
        <source>Standard deviation of noise on the encoder&apos;s input, pixels in [0, 1]. Acts on the next step.</source>
        <translation>编码器输入噪声的标准差（像素值范围 [0, 1]），自下一步起生效。</translation>
    </message>
    <message>
        <source>Acting now: {rate}. The run&apos;s last epochs go slower than what is set.</source>
        <translation>当前实际值：{rate}。训练的最后几轮低于设定值。</translation>
    </message>
</context>
<context>
    <name>LampGrid</name>
    <message>
        <source>KL divergence of each latent dimension</source>
        <extracomment>KL below which a dimension counts as collapsed, in nats. KL of a fully lit lamp, in nats. Fixed, so that brightness has the same meaning throughout a run. Brightness of the dimmest active lamp, so that it differs from a dark one.</extracomment>
        <translation>各潜变量维度的 KL 散度</translation>
    </message>
    <message>
        <source>z{0}: {1} nats</source>
        <translation>z{0}：{1} nats</translation>
    </message>
    <message>
        <source>{0}, collapsed</source>
        <translation>{0}，已坍缩</translation>
    </message>
</context>
<context>
    <name>Lamps</name>
    <message>
        <source>Of the training images of the last step.</source>
        <extracomment>More lamps than this would hide the map. Minimum number of lamps in a line, if there are as many; maximum number of lines and share of the map&apos;s height. On a map lower than this many px there is no room for anything.</extracomment>
        <translation>针对最后一步的训练图像。</translation>
    </message>
    <message>
        <source>Of training images, none being held out, measured at step {0}.</source>
        <translation>针对训练图像（无留出），在第 {0} 步测得。</translation>
    </message>
    <message>
        <source>Of held-out images, measured at step {0}.</source>
        <translation>针对留出图像，在第 {0} 步测得。</translation>
    </message>
    <message>
        <source>no figures yet</source>
        <extracomment>Content for `_arrange`: whether to show name and lamps, and the sum in full and short form.</extracomment>
        <translation>尚无数值</translation>
    </message>
    <message>
        <source>They come with the first training step.</source>
        <translation>第一个训练步后显示。</translation>
    </message>
    <message>
        <source>{0} of {1} above {2} · sum {3} nats</source>
        <translation>{0} / {1} 个高于 {2} · 共 {3} nats</translation>
    </message>
    <message>
        <source>KL {0} nats</source>
        <translation>KL {0} nats</translation>
    </message>
    <message>
        <source>{0}, training</source>
        <translation>{0}，训练集</translation>
    </message>
    <message>
        <source>{0}, held-out</source>
        <translation>{0}，留出集</translation>
    </message>
    <message>
        <source>KL per dimension, sum {0} nats</source>
        <translation>各维 KL，总和 {0} nat</translation>
    </message>
    <message>
        <source>This model has no posterior: a code is a point, and there is no KL.</source>
        <translation>此模型没有后验：编码是一个点，因此没有 KL 散度。</translation>
    </message>
    <message>
        <source>codes fill {0} of {1} dimensions (effective rank)</source>
        <translation>编码占满 {1} 维中的 {0} 维（有效秩）</translation>
    </message>
    <message>
        <source>effective rank {0} of {1}</source>
        <translation>有效秩 {0} / {1}</translation>
    </message>
    <message>
        <source>rank {0} of {1}</source>
        <translation>秩 {0}/{1}</translation>
    </message>
    <message>
        <source>Its prior does not factorise over dimensions, so there is no KL of each; the whole KL is estimated by Monte Carlo.</source>
        <translation>其先验不按维度分解，因此没有逐维的 KL；总 KL 由蒙特卡罗估计。</translation>
    </message>
    <message>
        <source>{0} nats in all</source>
        <translation>共 {0} nats</translation>
    </message>
    <message>
        <source>{0} nats in all · {1} of {2} units active</source>
        <translation>共 {0} nats · {2} 个单元中 {1} 个活跃</translation>
    </message>
    <message>
        <source>KL per dimension, held-out</source>
        <translation>各维度的 KL 散度（留出）</translation>
    </message>
    <message>
        <source>KL per dimension, training</source>
        <translation>各维 KL，训练集</translation>
    </message>
    <message>
        <source>KL of training images</source>
        <translation>训练图像的 KL 散度</translation>
    </message>
    <message>
        <source>KL at step {0}, training</source>
        <translation>第 {0} 步的 KL 散度（训练）</translation>
    </message>
    <message>
        <source>KL at step {0}, held-out</source>
        <translation>第 {0} 步的 KL 散度（留出）</translation>
    </message>
</context>
<context>
    <name>LassoOverlay</name>
    <message>
        <source>lasso: draw round images for group {sign}; or arrows move the cursor, Space sets a corner, Enter takes them (Shift takes out, Esc ends)</source>
        <extracomment>Not + and -, which zoom.</extracomment>
        <translation>套索：为 {sign} 组圈出图像；或用方向键移动光标，空格设一个角点，回车加入（Shift 移出，Esc 结束）</translation>
    </message>
    <message>
        <source>lasso: group {sign}</source>
        <translation>套索：{sign} 组</translation>
    </message>
    <message>
        <source>groups: + {plus}, − {minus} images</source>
        <translation>分组：+ {plus} 幅，− {minus} 幅</translation>
    </message>
    <message>
        <source>, {count} of each marked</source>
        <translation>，各标出 {count} 幅</translation>
    </message>
    <message>
        <source>groups: {plus} − {minus}</source>
        <translation>分组：{plus} − {minus}</translation>
    </message>
    <message>
        <source>lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手选</translation>
    </message>
</context>
<context>
    <name>LatentMap</name>
    <message>
        <source>image {row}</source>
        <translation>图像 {row}</translation>
    </message>
    <message>
        <source>The original is not at hand: its data set is not open.</source>
        <translation>没有原图：其数据集未打开。</translation>
    </message>
    <message>
        <source>held-out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>{row}, {split}</source>
        <translation>{row}，{split}</translation>
    </message>
    <message>
        <source>The original comes with the data set.</source>
        <translation>打开数据集后显示原图。</translation>
    </message>
    <message>
        <source>{value} nats</source>
        <translation>{value} nats</translation>
    </message>
    <message>
        <source>No map yet. Train, or open a checkpoint.</source>
        <extracomment>Width and height of a map in a figure, in pixels before the export&apos;s scale.</extracomment>
        <translation>尚无潜空间图。请开始训练，或打开检查点。</translation>
    </message>
    <message>
        <source>1 point left out: not finite</source>
        <extracomment>Height of a note in px.</extracomment>
        <translation>1 个点未显示：数值非有限</translation>
    </message>
    <message>
        <source>{count} points left out: not finite</source>
        <translation>{count} 个点未显示：数值非有限</translation>
    </message>
    <message>
        <source>Latent map {number}</source>
        <extracomment>Seconds of drawing points between two returns to the event loop; longer would delay a drag. Idle time in ms before the full picture is drawn, after a change of scale and after the points moved.</extracomment>
        <translation>潜空间图 {number}</translation>
    </message>
    <message>
        <source>One dot for each data image. Arrow keys move the cursor, with Ctrl the view, Shift moves farther, Home puts the cursor on the origin. Enter picks the image nearest to the cursor, Escape lets go of it. Plus and minus zoom, F fits the map to the points.</source>
        <translation>每个点代表一幅数据图像。方向键移动光标，加 Ctrl 移动视图，按住 Shift 移动更远，Home 键使光标回到原点。回车键选择离光标最近的图像，Esc 键取消选择。加号和减号缩放，F 键显示全部点。</translation>
    </message>
    <message>
        <source>Fit map to points</source>
        <translation>显示全部点</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Copy map</source>
        <translation>复制潜空间图</translation>
    </message>
    <message>
        <source>Save map as…</source>
        <translation>将潜空间图另存为…</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>All</source>
        <extracomment>More than this and the classes scroll.</extracomment>
        <translation>全部</translation>
    </message>
    <message>
        <source>Show all classes in colour</source>
        <translation>所有类别均显示颜色</translation>
    </message>
    <message>
        <source>Find a class</source>
        <translation>查找类别</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>The losses of all images are being measured.</source>
        <translation>正在测量所有图像的损失。</translation>
    </message>
    <message>
        <source>The losses are not measured yet; choose another colour and this one again.</source>
        <translation>损失尚未测量；请先选另一种颜色，再选回这一种。</translation>
    </message>
    <message>
        <source>This model has no such loss, or it is not known with these weights.</source>
        <translation>此模型没有这种损失，或在这些权重下未知。</translation>
    </message>
    <message>
        <source>Reconstruction loss −ln p(x|z) of each image at its code, in nats; more is worse.</source>
        <translation>每幅图像在其编码处的重构损失 −ln p(x|z)，单位为 nats；越大越差。</translation>
    </message>
    <message>
        <source>KL(q(z|x) || p(z)) of each image, in nats; more is farther from the prior.</source>
        <translation>每幅图像的 KL(q(z|x) || p(z))，单位为 nats；越大离先验越远。</translation>
    </message>
    <message>
        <source>Of the weights at step {step}; the model has learned since.</source>
        <translation>来自第 {step} 步的权重；此后模型又训练过。</translation>
    </message>
    <message>
        <source>Colours are explained here when there are images.</source>
        <translation>有图像后，此处说明颜色的含义。</translation>
    </message>
    <message>
        <source>These images have no classes.</source>
        <translation>这些图像没有类别。</translation>
    </message>
    <message>
        <source>All points have one colour.</source>
        <translation>所有点为同一颜色。</translation>
    </message>
</context>
<context>
    <name>LiveNumbers</name>
    <message>
        <source>Losses of the models on show</source>
        <translation>所显示模型的损失</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>reconstruction loss</source>
        <translation>重构损失</translation>
    </message>
    <message>
        <source>{0} at step {1}</source>
        <translation>第 {1} 步的{0}</translation>
    </message>
    <message>
        <source>nats per image</source>
        <translation>nats/图像</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <source>training images</source>
        <extracomment>From the longest form to the shortest, each with two lines.</extracomment>
        <translation>训练图像</translation>
    </message>
    <message>
        <source>held-out images</source>
        <translation>留出图像</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>On held-out images:</source>
        <translation>在留出图像上：</translation>
    </message>
    <message>
        <source>On training images, none being held out:</source>
        <translation>在训练图像上（无留出）：</translation>
    </message>
    <message>
        <source>{model}: step {step}, {images} images</source>
        <translation>{model}：第 {step} 步，{images} 幅图像</translation>
    </message>
</context>
<context>
    <name>LossCurves</name>
    <message>
        <source>Loss curves</source>
        <extracomment>How much of the curves under it a name hides: 0 to 255. Minimum distance between two marks&apos; texts in pixels; closer ones are drawn as lines only.</extracomment>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>former run</source>
        <extracomment>Names beside curves whose colour does not identify the model. Ends of the curves with names: (step, value). The former branch&apos;s curves, after the separation. How many names have no room, above those that have: &quot;+3&quot;.</extracomment>
        <translation>先前的训练</translation>
    </message>
</context>
<context>
    <name>LossPanel</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
</context>
<context>
    <name>LossWords</name>
    <message>
        <source>Training curves are of binarised pixels, drawn anew each step, held-out ones of grey levels: do not compare the two.</source>
        <translation>训练曲线针对每步重新抽取的二值化像素，留出曲线针对灰度值：两者不可比较。</translation>
    </message>
    <message>
        <source>Gaussian density with σ² = {0}: below 0 where it is sharp.</source>
        <translation>高斯密度，σ² = {0}：密度尖锐处小于 0。</translation>
    </message>
    <message>
        <source>Gaussian density with σ² a pixel: below 0 where it is sharp.</source>
        <translation>高斯密度，逐像素 σ²：密度尖锐处小于 0。</translation>
    </message>
    <message>
        <source>Gaussian density with one learned σ²: below 0 where it is sharp.</source>
        <translation>高斯密度，σ² 由学习得到：密度尖锐处小于 0。</translation>
    </message>
    <message>
        <source>Gaussian density with the σ² = {0} learned on the training images: below 0 where it is sharp.</source>
        <translation>高斯密度，σ² = {0} 由训练图像学习得到：密度尖锐处小于 0。</translation>
    </message>
    <message>
        <source>Bernoulli likelihood of pixels drawn as 0 or 1 with their grey level as the probability.</source>
        <translation>伯努利似然：以灰度值为概率，将像素随机抽取为 0 或 1。</translation>
    </message>
    <message>
        <source>Pixels are drawn as 0 or 1 with their grey level as the probability.</source>
        <translation>以灰度值为概率，将像素随机抽取为 0 或 1。</translation>
    </message>
    <message>
        <source>Bernoulli likelihood of pixels drawn as 0 or 1 once, with their grey level as the probability: not to be compared with that of pixels drawn anew.</source>
        <translation>像素以灰度为概率一次性抽取为 0 或 1 的伯努利似然：不可与每次重新抽取的像素的似然相比较。</translation>
    </message>
    <message>
        <source>Pixels are drawn as 0 or 1 once, with their grey level as the probability.</source>
        <translation>像素以灰度为概率一次性抽取为 0 或 1。</translation>
    </message>
    <message>
        <source>Bernoulli likelihood: every pixel of these images is 0 or 1.</source>
        <translation>伯努利似然：这些图像的每个像素均为 0 或 1。</translation>
    </message>
    <message>
        <source>Every pixel of these images is 0 or 1.</source>
        <translation>这些图像的每个像素均为 0 或 1。</translation>
    </message>
    <message>
        <source>Bernoulli cross-entropy of grey levels, not binarised: not a likelihood.</source>
        <translation>灰度值（未二值化）的伯努利交叉熵：不是似然。</translation>
    </message>
</context>
<context>
    <name>Losses</name>
    <message>
        <source>left model</source>
        <translation>左侧模型</translation>
    </message>
    <message>
        <source>right model</source>
        <translation>右侧模型</translation>
    </message>
    <message>
        <source>KL ({model})</source>
        <translation>KL（{model}）</translation>
    </message>
    <message>
        <source>loss ({model})</source>
        <translation>损失（{model}）</translation>
    </message>
</context>
<context>
    <name>LossesController</name>
    <message>
        <source>The losses of the images could not be measured; see the details.</source>
        <extracomment>During training: minimum ms between two measurements, and as a multiple of the last one&apos;s time.</extracomment>
        <translation>无法测量图像的损失；请查看详细信息。</translation>
    </message>
    <message>
        <source>Measuring the losses of all images</source>
        <translation>正在测量所有图像的损失</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Loss</source>
        <extracomment>Minimum size: that of a screen of 1366 x 768 at a scale of 2. Settings key: whether the tour was taken. Upper limit of the number of controls in the strip. Shows the loss curves. Children not created by `_build`, which `rebuild` keeps.</extracomment>
        <translation>损失</translation>
    </message>
    <message>
        <source>Le&amp;ft pane</source>
        <translation>左侧窗格(&amp;Z)</translation>
    </message>
    <message>
        <source>Rig&amp;ht pane</source>
        <translation>右侧窗格(&amp;H)</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}); choose another place.</source>
        <translation>无法写入 {path}（{reason}）；请另选位置。</translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <source>No map yet. Train, or open a checkpoint.</source>
        <extracomment>Opacity of captions while the pointer is over them. Parts of a map that are painted one by one. The room that overlays leave for captions changes in steps of this many px. And only if they cover less than this fraction of their bounding rectangle, unlike a cursor&apos;s two positions. Data rows of the points; the same array object for all refreshes that show the same rows. The captions&apos; rectangle, and whether the pointer is over it, which makes them nearly transparent. The rectangle of a widget over the map&apos;s lower left corner.</extracomment>
        <translation>尚无潜空间图。请开始训练，或打开检查点。</translation>
    </message>
</context>
<context>
    <name>MapController</name>
    <message>
        <source>The map could not be brought up to date; see the details.</source>
        <extracomment>Values (n d) of one pane&apos;s codes, and dimensions, up to which a map may be prepared in the GUI thread: two panes take about 3 ms then. The newest part of each pane. Number of the newest order, and the axes of the shown one. Planes to restore with the next models&apos; maps, and callbacks that wait for those maps. The plane on which each pane&apos;s model was last shown, ignoring past moments.</extracomment>
        <translation>潜空间图未能更新；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>Measures</name>
    <message>
        <source>{0}, former run</source>
        <extracomment>Maximum number of evaluations drawn per model, evenly chosen. Share of the evaluations that the plot shows in full: the first ones, far away, would squeeze all others.</extracomment>
        <translation>{0}，先前的运行</translation>
    </message>
    <message>
        <source>Dimensions used</source>
        <translation>使用的维度</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息量</translation>
    </message>
    <message>
        <source>Codes to prior</source>
        <translation>编码到先验</translation>
    </message>
    <message>
        <source>Offset from the prior</source>
        <translation>相对先验的偏移</translation>
    </message>
    <message>
        <source>Spread / the prior&apos;s</source>
        <translation>展布 / 先验的展布</translation>
    </message>
    <message>
        <source>MMD</source>
        <translation>MMD</translation>
    </message>
    <message>
        <source>Median σ</source>
        <translation>σ 中位数</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未度量</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>rank {0} of {1}</source>
        <translation>秩 {0} / {1}</translation>
    </message>
    <message>
        <source>At most ln N = {0} nats can be found with {1} images.</source>
        <translation>用 {1} 张图像最多能测出 ln N = {0} nat。</translation>
    </message>
    <message>
        <source>0 where the codes are distributed as the prior is; by chance some ±{0}.</source>
        <translation>编码与先验同分布时为 0；偶然偏差约 ±{0}。</translation>
    </message>
    <message>
        <source>{0} of ≤ {1} nats</source>
        <translation>{0}（≤ {1}）nat</translation>
    </message>
    <message>
        <source>{0} nats</source>
        <translation>{0} nat</translation>
    </message>
    <message>
        <source>{0} held-out images on the map, step {1}.</source>
        <translation>图上的 {0} 张留出图像，第 {1} 步。</translation>
    </message>
    <message>
        <source>{0} images on the map, training images among them, step {1}.</source>
        <translation>图上的 {0} 张图像，其中有训练图像，第 {1} 步。</translation>
    </message>
    <message>
        <source>{0} of them, one draw of q(z|x) each.</source>
        <translation>取其中 {0} 张，每张从 q(z|x) 抽取一次。</translation>
    </message>
</context>
<context>
    <name>MeasuresController</name>
    <message>
        <source>The models could not be measured; see the details.</source>
        <extracomment>During training: minimum ms between two measurements, and as a multiple of one&apos;s time, so that they take at most a twentieth of the time. Held-out images that are measured on demand, a seeded random choice. The job under way and the panes whose models it measures, in its order; None and () without one. Number of requests: the end of a cancelled one must not end a newer one.</extracomment>
        <translation>无法度量模型；请看详细信息。</translation>
    </message>
    <message>
        <source>There are no images at hand to measure the models on.</source>
        <translation>手头没有可用来度量模型的图像。</translation>
    </message>
    <message>
        <source>Measuring the models</source>
        <translation>正在度量模型</translation>
    </message>
</context>
<context>
    <name>MeasuresPanel</name>
    <message>
        <source>Measures</source>
        <extracomment>Number of visible warnings per pane; the others are in the tool tip.</extracomment>
        <translation>指标</translation>
    </message>
    <message>
        <source>Figures shown</source>
        <translation>显示的数值</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>On demand</source>
        <translation>按需</translation>
    </message>
    <message>
        <source>What the codes on the maps say, followed while training</source>
        <translation>图上的编码说明了什么，训练时持续更新</translation>
    </message>
    <message>
        <source>What was measured of these models when it was asked for</source>
        <translation>按需对这些模型度量的结果</translation>
    </message>
    <message>
        <source>Measure all</source>
        <translation>全部度量</translation>
    </message>
    <message>
        <source>KL per dimension, largest first</source>
        <translation>各维度的 KL，从大到小</translation>
    </message>
    <message>
        <source>Reconstruction (up) against KL (right), held-out, nats</source>
        <translation>重构（向上）与 KL（向右），留出图像，nat</translation>
    </message>
    <message>
        <source>Figures come with the first held-out evaluation.</source>
        <translation>第一次留出评估后会有数值。</translation>
    </message>
    <message>
        <source>Measure all, and what these models reach on held-out images is here: likelihood, samples, codes, and what they are good for. Training goes on meanwhile, and what is ready is shown at once.</source>
        <translation>点“全部度量”，这里便会给出这些模型在留出图像上的结果：似然、样本、编码，以及它们的用处。其间训练照常进行，先完成的先显示。</translation>
    </message>
    <message>
        <source>&amp;Measure all</source>
        <translation>全部度量(&amp;M)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>It needs the images.</source>
        <translation>需要图像。</translation>
    </message>
    <message>
        <source>Measure the chosen groups of both models on held-out images</source>
        <translation>在留出图像上度量两个模型的所选各组</translation>
    </message>
    <message>
        <source>Its prior does not factorise over dimensions, so there is no KL of each.</source>
        <translation>它的先验不能按维度分解，因此没有各维度的 KL。</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未度量</translation>
    </message>
    <message>
        <source>{0} held-out images, step {1}</source>
        <translation>{0} 张留出图像，第 {1} 步</translation>
    </message>
    <message>
        <source>{0} images, step {1}</source>
        <translation>{0} 张图像，第 {1} 步</translation>
    </message>
    <message>
        <source>{0}, step {1}</source>
        <translation>{0}，第 {1} 步</translation>
    </message>
    <message>
        <source>Of the weights after step {0}.</source>
        <translation>第 {0} 步之后的权重。</translation>
    </message>
    <message>
        <source>{0}: older weights</source>
        <translation>{0}：较早的权重</translation>
    </message>
    <message>
        <source>The pane shows other ones now; measure again for figures of those.</source>
        <translation>窗格现在显示的是别的权重；要它们的数值，请再度量一次。</translation>
    </message>
    <message>
        <source>measuring…</source>
        <translation>正在度量…</translation>
    </message>
    <message>
        <source>{0} (+{1} more)</source>
        <translation>{0}（还有 {1} 条）</translation>
    </message>
    <message>
        <source>⚠ {model}: {what} {advice}</source>
        <translation>⚠ {model}：{what}{advice}</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Details of the message</source>
        <extracomment>Messages, newest last. While set, messages of mere success are left out.</extracomment>
        <translation>消息的详细信息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the message and its details</source>
        <translation>复制消息及其详细信息</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>全部关闭</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>{0} (the last of {1} alike)</source>
        <translation>{0}（{1} 条同类消息中的最新一条）</translation>
    </message>
    <message>
        <source>{0} ({1} times)</source>
        <translation>{0}（{1} 次）</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>{0} more</source>
        <translation>另有 {0} 条</translation>
    </message>
</context>
<context>
    <name>MeterView</name>
    <message>
        <source>Holes: is there data here?</source>
        <extracomment>Margins of the text on a bar, gap between names and bars, and gap between bars side by side. Opacity of a bar with text on it. A tick nearer than this to a bar&apos;s end, px, is not to be seen. Terms of the rows. Initial number of lines of the sentence, more than any sentence has.</extracomment>
        <translation>空洞：此处有数据吗？</translation>
    </message>
    <message>
        <source>Data here</source>
        <translation>此处有数据</translation>
    </message>
    <message>
        <source>Looks real</source>
        <translation>像真实图像</translation>
    </message>
    <message>
        <source>Was the decoder trained here? Denser than around {share} of the {m} images held back; at 0.5 % or less there are no data here.</source>
        <translation>解码器在此处受过训练吗？此处比另留的 {m} 幅图像中约 {share} 的所在之处更密；不高于 0.5 % 即此处没有数据。</translation>
    </message>
    <message>
        <source>{0} images are too few to tell whether there are data here: 199 held back are needed.</source>
        <translation>{0} 幅图像太少，无法判断此处是否有数据：需要另留 199 幅。</translation>
    </message>
    <message>
        <source>Neighbour {k} of {n} draws of q(z|x), one an image, is {ratio}× as far as it usually is.</source>
        <translation>从 q(z|x) 抽取的 {n} 个点（每幅图像一个）中，第 {k} 近者的距离是通常值的 {ratio} 倍。</translation>
    </message>
    <message>
        <source>Neighbour {k} of {n} images&apos; codes is {ratio}× as far as it usually is.</source>
        <translation>{n} 幅图像的编码中，第 {k} 近者的距离是通常值的 {ratio} 倍。</translation>
    </message>
    <message>
        <source>few images</source>
        <translation>图像太少</translation>
    </message>
    <message>
        <source>Farther from real pictures than they are from each other: </source>
        <translation>与真实图像的距离大于真实图像彼此的距离：</translation>
    </message>
    <message>
        <source>As near to real pictures as they are to each other: </source>
        <translation>与真实图像的距离和真实图像彼此的距离相当：</translation>
    </message>
    <message>
        <source>Cannot tell here, as too many pictures known to be bad pass: </source>
        <translation>此处无法判断，因为有太多已知的劣质图像通过：</translation>
    </message>
    <message>
        <source>nearer than around {share} of the {m} real pictures held back, by features, sharpness and signs of two images mixed; at 5 % or less it is unlike them. Of pictures known to be bad it notices: {powers}.</source>
        <translation>按特征、清晰度和两图混合的迹象衡量，比另留的 {m} 幅真实图像中约 {share} 更近；不高于 5 % 即不像真实图像。对已知劣质图像的识别率：{powers}。</translation>
    </message>
    <message>
        <source>better than … of real images</source>
        <translation>优于…的真实图像</translation>
    </message>
    <message>
        <source>better than … of images</source>
        <translation>优于…的图像</translation>
    </message>
    <message>
        <source>better than … of data</source>
        <translation>优于…的数据</translation>
    </message>
    <message>
        <source>rank in data</source>
        <translation>数据中的排名</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>real</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>trip</source>
        <translation>往返</translation>
    </message>
    <message>
        <source>Bars from 0 to 100 %: than how many of the data&apos;s images it is better here. At a tick or left of it something is wrong.</source>
        <translation>条形从 0 到 100 %：此处优于多少比例的数据图像。条形只到刻度或在其左侧时，说明有问题。</translation>
    </message>
    <message>
        <source>|E(D(z)) − z|: the decoded picture is encoded {trip} from here, in units of the code, {share} times the codes&apos; spread; shorter is better.</source>
        <translation>|E(D(z)) − z|：解码图像重新编码后距此处 {trip}（编码单位），为编码散布的 {share} 倍；越短越好。</translation>
    </message>
    <message>
        <source>Around {share} of {m} images come back as far from themselves, or farther.</source>
        <translation>{m} 幅图像中约 {share} 往返后与自身的距离不小于此值。</translation>
    </message>
    <message>
        <source>A longer bar is better.</source>
        <translation>条越长越好。</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返</translation>
    </message>
</context>
<context>
    <name>ModelChooser</name>
    <message>
        <source>Model in the left pane</source>
        <extracomment>Width of the button besides its text, and minimum width of a name, in px. The same without an arrow.</extracomment>
        <translation>左侧窗格的模型</translation>
    </message>
    <message>
        <source>Model in the right pane</source>
        <translation>右侧窗格的模型</translation>
    </message>
    <message>
        <source>Choose the &amp;model…</source>
        <translation>选择模型(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Keep for comparison</source>
        <translation>保留以供比较(&amp;K)</translation>
    </message>
    <message>
        <source>Freeze this model as its map shows it, to stand beside the run and the next one</source>
        <translation>按此图所示冻结该模型，使其与本次及下一次训练并列</translation>
    </message>
    <message>
        <source>&amp;Open a checkpoint in this pane…</source>
        <translation>在此窗格中打开检查点(&amp;O)…</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>尚无模型</translation>
    </message>
    <message>
        <source>Kept for comparison: {size} of {most}</source>
        <translation>已保留以供比较：{size} / {most}</translation>
    </message>
    <message>
        <source>&amp;Drop a kept model</source>
        <translation>移除保留的模型(&amp;D)</translation>
    </message>
    <message>
        <source>One of the &amp;bundled pair…</source>
        <translation>随附模型对之一(&amp;B)…</translation>
    </message>
    <message>
        <source>kept at step {step}</source>
        <translation>保留于第 {step} 步</translation>
    </message>
</context>
<context>
    <name>ModelFields</name>
    <message>
        <source>Family</source>
        <translation>模型族</translation>
    </message>
    <message>
        <source>What kind of model it is.</source>
        <translation>模型的种类。</translation>
    </message>
    <message>
        <source>Latent size</source>
        <translation>潜变量维度</translation>
    </message>
    <message>
        <source>Latent dimensions, 1 to 512.</source>
        <translation>潜变量维度，1 到 512。</translation>
    </message>
    <message>
        <source>Encoder layers; the decoder mirrors them.</source>
        <translation>编码器的层；解码器与之对称。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>p(x|z): what the reconstruction loss measures.</source>
        <translation>p(x|z)：决定重构损失的度量方式。</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>似然</translation>
    </message>
    <message>
        <source>Variance σ²</source>
        <translation>方差 σ²</translation>
    </message>
    <message>
        <source>σ² of the Gaussian likelihood, pixels in [0, 1].</source>
        <translation>高斯似然的 σ²，像素值范围 [0, 1]。</translation>
    </message>
    <message>
        <source>Bernoulli</source>
        <translation>伯努利</translation>
    </message>
    <message>
        <source>Pixels as probabilities; cross-entropy in nats.</source>
        <translation>像素视为概率；交叉熵，单位 nats。</translation>
    </message>
    <message>
        <source>Gaussian, σ² fixed</source>
        <translation>高斯，固定 σ²</translation>
    </message>
    <message>
        <source>Squared error over 2σ², with the σ² below.</source>
        <translation>平方误差除以 2σ²，σ² 见下。</translation>
    </message>
    <message>
        <source>Gaussian, σ² fitted</source>
        <translation>高斯，学习 σ²</translation>
    </message>
    <message>
        <source>One σ² for all pixels, learned.</source>
        <translation>所有像素共用一个 σ²，由学习得到。</translation>
    </message>
    <message>
        <source>Gaussian, σ²(z)</source>
        <translation>高斯，σ²(z)</translation>
    </message>
    <message>
        <source>The decoder gives a σ² for every pixel.</source>
        <translation>解码器为每个像素给出 σ²。</translation>
    </message>
</context>
<context>
    <name>MomentFilm</name>
    <message>
        <source>Taking pictures of the run</source>
        <extracomment>Frames per second, maximum number of frames (ten seconds), and maximum mean number per moment. The number of its job; others count from 0 in both directions. Time limit for showing a moment. Time limit for results of the shown weights (meter, heat maps, contours); later ones are left out. How it ends: with all frames, by the user, or because another film is taken, another moment was looked at, a moment is gone, a moment did not come, the window has another size, its widgets are recreated. The index of the picture of each frame. Time when the moment&apos;s weights were on the maps; None before.</extracomment>
        <translation>正在生成训练过程的图像</translation>
    </message>
</context>
<context>
    <name>MomentSlider</name>
    <message>
        <source>step {0}</source>
        <extracomment>Minimum distance of two labels in px. Within this many px of the right end a click selects the present.</extracomment>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>now: step {0}</source>
        <translation>现在：第 {0} 步</translation>
    </message>
</context>
<context>
    <name>MosaicOverlay</name>
    <message>
        <source>Decoded mosaic: n/a, because the model&apos;s weights are not at hand.</source>
        <translation>解码拼图：不适用，因为没有模型的权重。</translation>
    </message>
    <message>
        <source>Decoded mosaic: tiles {0} apart</source>
        <translation>解码拼图：间距 {0}</translation>
    </message>
    <message>
        <source>tiles {0} apart</source>
        <translation>间距 {0}</translation>
    </message>
</context>
<context>
    <name>NameFilter</name>
    <message>
        <source>{0} of {1}</source>
        <extracomment>Maximum number of names shown without a search; shorter lists get no search field. Maximum number of names shown for a search: fewer, as the list is rebuilt with every letter. Indices of the names shown.</extracomment>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0} of {1} found</source>
        <translation>找到 {1} 个，显示 {0} 个</translation>
    </message>
    <message>
        <source>{0} found</source>
        <translation>找到 {0} 个</translation>
    </message>
</context>
<context>
    <name>NeighbourRow</name>
    <message>
        <source>{image}, distance {distance}</source>
        <extracomment>Minimum and maximum size of a tile in px.</extracomment>
        <translation>{image}，距离 {distance}</translation>
    </message>
</context>
<context>
    <name>Neighbours</name>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>{model} codes</source>
        <translation>{model} 编码</translation>
    </message>
    <message>
        <source>distance, pixels from 0 to 1</source>
        <translation>距离，像素值 0 到 1</translation>
    </message>
    <message>
        <source>Euclidean distance of two pictures, each pixel from 0 (black) to 1 (white): smaller is more alike, pixel by pixel.</source>
        <translation>两幅图像的欧氏距离，每个像素从 0（黑）到 1（白）：越小越逐像素相似。</translation>
    </message>
    <message>
        <source>distance in units of the code</source>
        <translation>距离，编码单位</translation>
    </message>
    <message>
        <source>Euclidean distance of two codes in all latent dimensions, in units of the code: smaller is more alike to this model. Each model has its own scale, so compare the order and not the numbers of two models.</source>
        <translation>两个编码在所有潜变量维度上的欧氏距离（编码单位）：越小，此模型认为越相似。各模型尺度不同，请比较次序，不要比较两个模型的数值。</translation>
    </message>
    <message>
        <source>Compared with one image.</source>
        <translation>与 1 幅图像比较。</translation>
    </message>
    <message>
        <source>Compared with {n} images.</source>
        <translation>与 {n} 幅图像比较。</translation>
    </message>
    <message>
        <source>One with a code that is not finite is left out.</source>
        <translation>其中 1 幅的编码不是有限值，已略去。</translation>
    </message>
    <message>
        <source>{n} with codes that are not finite are left out.</source>
        <translation>其中 {n} 幅的编码不是有限值，已略去。</translation>
    </message>
    <message>
        <source>Click a point on a map, or press Enter on the map, to pick an image.</source>
        <translation>点击图上的一个点，或在图上按回车键，以选取图像。</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>This pane has no map.</source>
        <translation>此窗格没有潜空间图。</translation>
    </message>
    <message>
        <source>The picked image is not on this map.</source>
        <translation>所选图像不在此图上。</translation>
    </message>
    <message>
        <source>The code of the picked image is not finite.</source>
        <translation>所选图像的编码不是有限值。</translation>
    </message>
    <message>
        <source>There is no other image.</source>
        <translation>没有其他图像。</translation>
    </message>
    <message>
        <source>There is no other image with a finite code on this map.</source>
        <translation>此图上没有其他编码有限的图像。</translation>
    </message>
    <message>
        <source>The data&apos;s images are not at hand: neighbours in codes only.</source>
        <translation>数据的图像不在手边：只按编码查找近邻。</translation>
    </message>
</context>
<context>
    <name>NeighboursController</name>
    <message>
        <source>The neighbours could not be looked for; see the details.</source>
        <extracomment>Between two searches while training (ms).</extracomment>
        <translation>无法查找近邻；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>NeighboursOverlay</name>
    <message>
        <source>left model&apos;s codes</source>
        <extracomment>Half the size of a measure&apos;s mark in px: an image that is near by several measures has one around the other.</extracomment>
        <translation>左侧模型的编码</translation>
    </message>
    <message>
        <source>right model&apos;s codes</source>
        <translation>右侧模型的编码</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>neighbours: {measures}</source>
        <translation>近邻：{measures}</translation>
    </message>
</context>
<context>
    <name>NeighboursPanel</name>
    <message>
        <source>Neighbours of the picked image</source>
        <extracomment>Width in px of a row&apos;s text, and of the column beside all rows.</extracomment>
        <translation>所选图像的近邻</translation>
    </message>
    <message>
        <source>Neighbours in a row</source>
        <translation>每行近邻数</translation>
    </message>
    <message>
        <source>neighbours</source>
        <translation>个近邻</translation>
    </message>
    <message>
        <source>dashed frame: held-out</source>
        <translation>虚线框：留出</translation>
    </message>
    <message>
        <source>no image is picked</source>
        <translation>未选取图像</translation>
    </message>
    <message>
        <source>Neighbours: {measure}</source>
        <translation>近邻：{measure}</translation>
    </message>
</context>
<context>
    <name>NetworkField</name>
    <message>
        <source>Custom…</source>
        <translation>自定义…</translation>
    </message>
    <message>
        <source>Layer widths of your own</source>
        <translation>自定各层宽度</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Layer widths</source>
        <translation>各层宽度</translation>
    </message>
</context>
<context>
    <name>NewRunNotice</name>
    <message>
        <source>Apply: new run</source>
        <translation>应用：新建训练</translation>
    </message>
    <message>
        <source>Back to this run&apos;s settings</source>
        <translation>恢复当前训练的设置</translation>
    </message>
    <message>
        <source>Use the settings of last time</source>
        <translation>沿用上次的设置</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>These changes need a new run. The present one, at step {step}, goes on without them.</source>
        <translation>这些更改需要新建训练才能生效；当前训练（第 {step} 步）不受影响。</translation>
    </message>
    <message>
        <source>Train begins with new, untrained models of these settings; those on show are not trained on.</source>
        <translation>“训练”将以这些设置新建未训练的模型；当前显示的模型不会继续训练。</translation>
    </message>
    <message>
        <source>Train begins with new, untrained models of these settings, on {data}: the images of those on show are not at hand.</source>
        <translation>“训练”将以这些设置新建未训练的模型，使用 {data}：当前显示的模型所用的图像不在手边。</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>“{text}” may mean {first} or {second}: enter one of these.</source>
        <extracomment>Maximum duration of a click in ms, from press to release.</extracomment>
        <translation>“{text}”可能指 {first} 或 {second}：请输入其中之一。</translation>
    </message>
    <message>
        <source>Enter a whole number</source>
        <translation>请输入整数</translation>
    </message>
    <message>
        <source>Enter a number</source>
        <translation>请输入数值</translation>
    </message>
    <message>
        <source>above {least} and at most {most}</source>
        <translation>大于 {least} 且不超过 {most}</translation>
    </message>
    <message>
        <source>from {least} to {most}</source>
        <translation>范围 {least} 至 {most}</translation>
    </message>
    <message>
        <source>{kind} {bounds}.</source>
        <translation>{kind}，{bounds}。</translation>
    </message>
    <message>
        <source>{kind} {bounds}, or “{word}”.</source>
        <translation>{kind}，{bounds}，或“{word}”。</translation>
    </message>
</context>
<context>
    <name>OutlineOverlay</name>
    <message>
        <source>no data: ≤ {level} of images</source>
        <extracomment>Maximum number of texts on the lines, and px between two of them. Px from the middle of a word to the map&apos;s edges above and below, where captions are, and at the sides from a word&apos;s end. Minimum longer side in px of a line with a text. Distance in px from a line at which the failing side is determined.</extracomment>
        <translation>无数据：≤ {level} 的图像</translation>
    </message>
    <message>
        <source>unlike real ones: ≤ {level} of images</source>
        <translation>不像真实图片：≤ {level} 的图像</translation>
    </message>
    <message>
        <source>encoded elsewhere: ≤ {level} of images</source>
        <translation>编码到别处：≤ {level} 的图像</translation>
    </message>
</context>
<context>
    <name>OverlaysMenu</name>
    <message>
        <source>Overlays of both maps</source>
        <translation>两图的叠加层</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>叠加层</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Clear all overlays</source>
        <translation>清除所有叠加层</translation>
    </message>
    <message>
        <source>No heat map</source>
        <translation>无热图</translation>
    </message>
    <message>
        <source>Share of images in places as sparse, or sparser: whether the decoder was trained here</source>
        <translation>所在之处同样稀疏或更稀疏的图像占比：解码器是否在此处受过训练</translation>
    </message>
    <message>
        <source>Share of real pictures as unlike the others as the decoded one, or more</source>
        <translation>与其他图像的差异不小于解码图像的真实图像占比</translation>
    </message>
    <message>
        <source>Share of images that come back as far from themselves as this place, or farther</source>
        <translation>往返后与自身的距离不小于此处的图像占比</translation>
    </message>
    <message>
        <source>√det G of the pull-back metric: how much the picture changes along the plane</source>
        <translation>拉回度量的 √det G：图像沿平面变化的快慢</translation>
    </message>
    <message>
        <source>No posterior ellipses</source>
        <translation>无后验椭圆</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Posterior</source>
        <translation>后验</translation>
    </message>
</context>
<context>
    <name>OwnImage</name>
    <message>
        <source>loss n/a</source>
        <extracomment>Latent dimensions whose σ are listed one by one. From this loss in nats on, values beside an arrow have no decimals.</extracomment>
        <translation>损失不适用</translation>
    </message>
    <message>
        <source>loss {0} nats</source>
        <translation>损失 {0} nats</translation>
    </message>
    <message>
        <source>n/a: this file does not keep the σ² that the model has learned; train a step on the images that it was trained on, and it is measured there.</source>
        <translation>不适用：此文件未保存模型学到的 σ²；请用其训练图像训练一步，即可测得。</translation>
    </message>
    <message>
        <source>a point, no σ</source>
        <translation>一个点，无 σ</translation>
    </message>
    <message>
        <source>σ n/a</source>
        <translation>σ 不适用</translation>
    </message>
    <message>
        <source>σ {0} to {1}</source>
        <translation>σ {0} 至 {1}</translation>
    </message>
    <message>
        <source>{model} encodes an image as a point: there is no posterior and no σ.</source>
        <translation>{model}将图像编码为一个点：没有后验，也没有 σ。</translation>
    </message>
    <message>
        <source>MSE per pixel {0}</source>
        <translation>每像素 MSE {0}</translation>
    </message>
    <message>
        <source>n/a: this model&apos;s decoder gives pictures only, not what its likelihood needs.</source>
        <translation>不适用：此模型的解码器只给出图像，不给出似然所需的量。</translation>
    </message>
    <message>
        <source>Here the median is {0}, of {1} dimensions.</source>
        <translation>此处 {1} 个维度的中位数为 {0}。</translation>
    </message>
    <message>
        <source>There is no model yet: open a session or train one, then draw.</source>
        <translation>尚无模型：请先打开会话或训练模型，再绘画。</translation>
    </message>
    <message>
        <source>Draw in the pad, or drop, paste or open an image: both models encode it.</source>
        <translation>在画板中绘画，或拖放、粘贴、打开一幅图像：两个模型都会将其编码。</translation>
    </message>
    <message>
        <source>Shown as a negative, because the data are light on dark or vice versa.</source>
        <translation>以负片显示，因为数据与它的明暗相反。</translation>
    </message>
    <message>
        <source>The star is where the map&apos;s plane has the code of {0} dimensions.</source>
        <translation>星号为 {0} 维编码在图平面上的位置。</translation>
    </message>
    <message>
        <source>The image is the same all over: its code says little.</source>
        <translation>图像处处相同：其编码意义不大。</translation>
    </message>
    <message>
        <source>{model} gives no finite code: its weights have diverged, train it anew.</source>
        <translation>{model}未给出有限的编码：其权重已发散，请重新训练。</translation>
    </message>
    <message>
        <source>{model} is collapsed: its code says nothing about the image, every image looks alike.</source>
        <translation>{model}已坍缩：编码不含图像的信息，所有图像看起来都一样。</translation>
    </message>
    <message>
        <source>{model}: refined in 1 step</source>
        <translation>{model}：已优化 1 步</translation>
    </message>
    <message>
        <source>{model}: refined in {steps} steps</source>
        <translation>{model}：已优化 {steps} 步</translation>
    </message>
    <message>
        <source>{model}: step {steps}…</source>
        <translation>{model}：第 {steps} 步…</translation>
    </message>
    <message>
        <source>{model}: stopped after 1 step</source>
        <translation>{model}：1 步后停止</translation>
    </message>
    <message>
        <source>{model}: stopped after {steps} steps</source>
        <translation>{model}：{steps} 步后停止</translation>
    </message>
</context>
<context>
    <name>OwnImageController</name>
    <message>
        <source>Refining z</source>
        <translation>正在优化 z</translation>
    </message>
    <message>
        <source>{name} holds {count} pictures; the first is shown.</source>
        <translation>{name} 中有 {count} 幅图像；显示第一幅。</translation>
    </message>
    <message>
        <source>{name} cannot be used as an image: {reason}. Choose another file.</source>
        <translation>{name} 不能用作图像：{reason}。请另选文件。</translation>
    </message>
    <message>
        <source>Your image could not be encoded; see the details.</source>
        <translation>自选图像无法编码；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>OwnImageOverlay</name>
    <message>
        <source>➤ your image is outside this view</source>
        <extracomment>Radius of the star at the encoder&apos;s code, and of the open one at the refined code. Distance from the map&apos;s edge of the arrow that points to a star beyond it. A star&apos;s inner corners, as a share of its radius.</extracomment>
        <translation>➤ 自选图像在视野之外</translation>
    </message>
    <message>
        <source>➤ your image</source>
        <translation>➤ 自选图像</translation>
    </message>
    <message>
        <source>★ your image, ☆ refined z</source>
        <translation>★ 自选图像，☆ 优化后的 z</translation>
    </message>
    <message>
        <source>★ your image</source>
        <translation>★ 自选图像</translation>
    </message>
</context>
<context>
    <name>OwnImagePanel</name>
    <message>
        <source>Your image</source>
        <extracomment>Minimum and maximum width of the pad&apos;s column, and width of the prepared image. Message of the last paste or drop, until the next image.</extracomment>
        <translation>自选图像</translation>
    </message>
    <message>
        <source>Refine z</source>
        <translation>优化 z</translation>
    </message>
    <message>
        <source>Gradient steps on z that lower the reconstruction loss of your image (the prior plays no part)</source>
        <translation>对 z 做梯度下降，降低自选图像的重构损失（与先验无关）</translation>
    </message>
    <message>
        <source>Encoder&apos;s z</source>
        <translation>编码器的 z</translation>
    </message>
    <message>
        <source>Forget the refinement and go back to the encoder&apos;s code</source>
        <translation>放弃优化，恢复编码器给出的编码</translation>
    </message>
    <message>
        <source>&amp;Open an image…</source>
        <translation>打开图像(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Paste an image</source>
        <translation>粘贴图像(&amp;P)</translation>
    </message>
    <message>
        <source>Take the last &amp;stroke back</source>
        <translation>撤回上一笔(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Clear your image</source>
        <translation>清除自选图像(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Refine z of your image</source>
        <translation>优化自选图像的 z(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Go to your image</source>
        <translation>移到自选图像(&amp;G)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The clipboard holds no image: copy one first, then paste.</source>
        <translation>剪贴板中没有图像：请先复制一幅，再粘贴。</translation>
    </message>
    <message>
        <source>The first of {count} files is shown.</source>
        <translation>共 {count} 个文件，显示第一个。</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>Pane without a model</source>
        <extracomment>Px between the lamps and the right edge of their map.</extracomment>
        <translation>没有模型的窗格</translation>
    </message>
</context>
<context>
    <name>PaneHeader</name>
    <message>
        <source>Run state and model</source>
        <extracomment>Below this width buttons have shorter texts. Below this width they are closer to each other.</extracomment>
        <translation>训练状态与模型</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>显示全部点</translation>
    </message>
    <message>
        <source>kept at step {step}</source>
        <translation>保留于第 {step} 步</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>加载中</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
</context>
<context>
    <name>PaneSources</name>
    <message>
        <source>This run has one model. Choose a kept model or a checkpoint to stand beside it.</source>
        <extracomment>The report shown for members, and whether it is of a past moment; None before the first. The last inputs of each pane&apos;s part: an unchanged part is not shown again. Initial sources of the next run&apos;s panes; None: the present ones, if possible.</extracomment>
        <translation>此次训练只有一个模型。请选择一个保留的模型或检查点与它并列。</translation>
    </message>
</context>
<context>
    <name>PastOverlay</name>
    <message>
        <source>past · step {0}</source>
        <translation>过去 · 第 {0} 步</translation>
    </message>
</context>
<context>
    <name>PathCurve</name>
    <message>
        <source>Curve under the strips</source>
        <extracomment>Smaller changes are rounding of equal pictures, drawn as zero.</extracomment>
        <translation>胶片条下的曲线</translation>
    </message>
</context>
<context>
    <name>PathHead</name>
    <message>
        <source>Kind of path</source>
        <translation>路径类型</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Frames of the path</source>
        <translation>路径的帧数</translation>
    </message>
    <message>
        <source>Frames of the path, {0} to {1}</source>
        <translation>路径的帧数，{0} 至 {1}</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Loop: start again at the end</source>
        <translation>循环：到末尾后从头开始</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>{0} frames per second</source>
        <translation>每秒 {0} 帧</translation>
    </message>
    <message>
        <source>Curve under the strips</source>
        <translation>胶片条下的曲线</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>PathOverlay</name>
    <message>
        <source>Remove {0}</source>
        <extracomment>From the pointer to the middle of the handle held. Positions of handles at the last paint.</extracomment>
        <translation>移除 {0}</translation>
    </message>
    <message>
        <source>{0} here</source>
        <translation>{0} 设在此处</translation>
    </message>
    <message>
        <source>{0} at this image</source>
        <translation>{0} 设在此图像</translation>
    </message>
</context>
<context>
    <name>PathWords</name>
    <message>
        <source>Straight (lerp)</source>
        <translation>直线（lerp）</translation>
    </message>
    <message>
        <source>Straight in code space, at constant speed there</source>
        <translation>编码空间中的直线，在其中匀速</translation>
    </message>
    <message>
        <source>Spherical (slerp)</source>
        <translation>球面（slerp）</translation>
    </message>
    <message>
        <source>Geodesic</source>
        <translation>测地线</translation>
    </message>
    <message>
        <source>Through the data</source>
        <translation>穿过数据</translation>
    </message>
    <message>
        <source>The path whose pictures change least on the way: a geodesic of the pull-back metric G = JᵀJ of the decoder&apos;s mean (Arvanitidis et al. 2018), found from the straight path on. It is a nearby shortest path, not always the shortest of all.</source>
        <translation>沿途图像变化最小的路径：解码器均值的拉回度量 G = JᵀJ 的测地线（Arvanitidis 等，2018），以直线路径为初值求得。它是邻近的最短路径，不一定是全局最短。</translation>
    </message>
    <message>
        <source>Around the prior&apos;s mean (the origin, for N(0, I)), in units of its spread: the direction turns evenly, the length changes evenly. Keeps to the shell on which a Gaussian has its mass in many dimensions.</source>
        <translation>以先验的标准差为单位，绕其均值（对 N(0, I) 即原点）：方向匀速转动，长度均匀变化。在高维中保持在高斯分布质量所在的球壳上。</translation>
    </message>
    <message>
        <source>The shortest way in the graph of each code&apos;s ten nearest neighbours, over at most 4,000 codes: it goes where images are, and says so where it must cross a gap without any</source>
        <translation>十近邻图（至多 4,000 个编码）中的最短路径：走有图像的地方；不得不跨过没有图像的间隙时会说明</translation>
    </message>
    <message>
        <source>Constant picture speed</source>
        <translation>图像匀速</translation>
    </message>
    <message>
        <source>The straight path, with frames placed so that the picture changes equally from each</source>
        <translation>直线路径，但各帧的位置使相邻图像的变化相等</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Spherical</source>
        <translation>球面</translation>
    </message>
    <message>
        <source>Constant speed</source>
        <translation>匀速</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Data here</source>
        <translation>此处有数据</translation>
    </message>
    <message>
        <source>path {0} × the direct change · largest step {1} × the mean</source>
        <translation>路径为直接变化的 {0} 倍 · 最大一步为平均的 {1} 倍</translation>
    </message>
    <message>
        <source>path {0} × · step {1} ×</source>
        <translation>路径 {0} × · 步 {1} ×</translation>
    </message>
    <message>
        <source>≥: by the frames alone, which leap over what lies between them; measured in full when the path rests.</source>
        <translation>≥：仅由各帧得出，帧与帧之间略过；路径静止后完整测量。</translation>
    </message>
    <message>
        <source>data here, 0 (none) to {0}: share of images in places as sparse, or sparser</source>
        <translation>此处有数据，0（无）至 {0}：所在之处同样稀疏或更稀疏的图像占比</translation>
    </message>
    <message>
        <source>{0}: not chosen</source>
        <translation>{0}：未选定</translation>
    </message>
    <message>
        <source>{0}: free place</source>
        <translation>{0}：自由位置</translation>
    </message>
    <message>
        <source>{0}: image {1}</source>
        <translation>{0}：图像 {1}</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>Change per frame</source>
        <translation>每帧变化</translation>
    </message>
    <message>
        <source>change per frame, 0 to {0} (RMS, grey levels 0–1)</source>
        <translation>每帧变化，0 至 {0}（RMS，灰度值 0–1）</translation>
    </message>
</context>
<context>
    <name>PenControls</name>
    <message>
        <source>Open an image file (Ctrl+Alt+O)</source>
        <extracomment>Slider steps for one pixel of pen width. Minimum width in px of the pen&apos;s slider.</extracomment>
        <translation>打开图像文件 (Ctrl+Alt+O)</translation>
    </message>
    <message>
        <source>Paste an image (Ctrl+V)</source>
        <translation>粘贴图像 (Ctrl+V)</translation>
    </message>
    <message>
        <source>Take the last stroke back (Ctrl+Alt+U)</source>
        <translation>撤回上一笔 (Ctrl+Alt+U)</translation>
    </message>
    <message>
        <source>Clear your image (Ctrl+Alt+W)</source>
        <translation>清除自选图像 (Ctrl+Alt+W)</translation>
    </message>
    <message>
        <source>Width of the pen</source>
        <translation>画笔粗细</translation>
    </message>
    <message>
        <source>Colour of the pen</source>
        <translation>画笔颜色</translation>
    </message>
    <message>
        <source>Width of the pen: {0} pixels of the models&apos; images</source>
        <translation>画笔粗细：模型图像的 {0} 像素</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Beige</source>
        <translation>米色</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>棕色</translation>
    </message>
    <message>
        <source>Other colour…</source>
        <translation>其他颜色…</translation>
    </message>
</context>
<context>
    <name>PhasePlot</name>
    <message>
        <source>Reconstruction against KL</source>
        <extracomment>Diameters of the point at a trail&apos;s end, of the panes&apos; models and of others, in px.</extracomment>
        <translation>重构与 KL</translation>
    </message>
</context>
<context>
    <name>PictureColumn</name>
    <message>
        <source>Data image nearest to the cursor</source>
        <extracomment>Side of a picture in px: maximum, preferred, with a tool open, and in a small window. Maximum side in a presentation. Maximum share of a pane&apos;s width for pictures, normally and in a presentation. Minimum share of the room that a picture at an integer scale must fill. Gap between a word and a number in one line. Gap between two pictures without a caption. Whether the captions describe a draw; None without a picture.</extracomment>
        <translation>离光标最近的数据图像</translation>
    </message>
    <message>
        <source>Decoded image under the cursor</source>
        <translation>光标处的解码图像</translation>
    </message>
    <message>
        <source>Decoded minus original</source>
        <translation>解码减原图</translation>
    </message>
    <message>
        <source>decoded: mean</source>
        <extracomment>By whether a draw is shown: texts under the decoded image, full and short; and text of the error.</extracomment>
        <translation>解码：均值</translation>
    </message>
    <message>
        <source>decoded: a draw</source>
        <translation>解码：一次抽样</translation>
    </message>
    <message>
        <source>a draw</source>
        <translation>抽样</translation>
    </message>
    <message>
        <source>mean: MSE {0}</source>
        <translation>均值：MSE {0}</translation>
    </message>
    <message>
        <source>Get the images of the data set</source>
        <extracomment>Mean squared difference of the decoded mean from the original; None where they are not compared. A line under each picture; the error is beside the name of the decoded image, if there is room. From the longest to the shortest.</extracomment>
        <translation>获取数据集的图像</translation>
    </message>
    <message>
        <source>a draw of p(x|z)</source>
        <translation>p(x|z) 的一次抽样</translation>
    </message>
    <message>
        <source>Show a random draw of p(x|z)</source>
        <translation>显示 p(x|z) 的一次随机抽样</translation>
    </message>
    <message>
        <source>Show the mean of p(x|z)</source>
        <translation>显示 p(x|z) 的均值</translation>
    </message>
    <message>
        <source>Show another draw</source>
        <translation>再抽一次</translation>
    </message>
    <message>
        <source>The originals come with the images of {title}.</source>
        <translation>原图随 {title} 的图像提供。</translation>
    </message>
    <message>
        <source>No original to compare with.</source>
        <translation>没有可比较的原图。</translation>
    </message>
    <message>
        <source>image {0}</source>
        <translation>图像 {0}</translation>
    </message>
    <message>
        <source>The picture is decoded minus original: green where the decoded image is brighter, magenta where it is darker, black where they agree.</source>
        <translation>该图是解码图像减去原图：解码图像更亮处为绿色，更暗处为品红色，一致处为黑色。</translation>
    </message>
    <message>
        <source>Distance of its code from the cursor: {distance}.</source>
        <translation>其编码与光标的距离：{distance}。</translation>
    </message>
    <message>
        <source>decoded</source>
        <translation>解码图像</translation>
    </message>
    <message>
        <source>class {0}</source>
        <translation>类别 {0}</translation>
    </message>
    <message>
        <source>Get {title} ({size} MB)</source>
        <translation>获取 {title}（{size} MB）</translation>
    </message>
    <message>
        <source>Get {title}</source>
        <translation>获取 {title}</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Download the images into the data folder; the models on show stay as they are.</source>
        <translation>将图像下载到数据文件夹；显示的模型保持不变。</translation>
    </message>
    <message>
        <source>MSE {0}</source>
        <translation>MSE {0}</translation>
    </message>
    <message>
        <source>Drag on the map to decode</source>
        <translation>在图上拖动以解码</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>尚无模型</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>no image</source>
        <translation>无图像</translation>
    </message>
    <message>
        <source>{0} × {1} pixels</source>
        <extracomment>Width of the accent&apos;s frame, px. Minimum share of the room that a picture at an integer scale must fill.</extracomment>
        <translation>{0} × {1} 像素</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Save image as PNG…</source>
        <translation>将图像存为 PNG…</translation>
    </message>
    <message>
        <source>Save image</source>
        <translation>保存图像</translation>
    </message>
    <message>
        <source>PNG images (*.png)</source>
        <translation>PNG 图像 (*.png)</translation>
    </message>
    <message>
        <source>The image was not saved to {0}: {1}.</source>
        <translation>图像未能保存到 {0}：{1}。</translation>
    </message>
</context>
<context>
    <name>PlaneMenu</name>
    <message>
        <source>P&amp;lane of both maps</source>
        <translation>两图的平面(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;PCA plane</source>
        <translation>PCA 平面(&amp;P)</translation>
    </message>
    <message>
        <source>Plane of the &amp;first two dimensions</source>
        <translation>前两个维度的平面(&amp;F)</translation>
    </message>
    <message>
        <source>Plane through images &amp;A, B and C</source>
        <translation>过图像 A、B、C 的平面(&amp;A)</translation>
    </message>
    <message>
        <source>Plane through the &amp;last three picked images</source>
        <translation>过最近选择的三幅图像的平面(&amp;L)</translation>
    </message>
    <message>
        <source>Hold other dimensions at the picked &amp;image</source>
        <translation>其余维度固定为所选图像的编码(&amp;I)</translation>
    </message>
    <message>
        <source>Hold other dimensions at the &amp;mean of all codes</source>
        <translation>其余维度固定为全部编码的均值(&amp;M)</translation>
    </message>
    <message>
        <source>Hold other dimensions at &amp;zero</source>
        <translation>其余维度固定为零(&amp;Z)</translation>
    </message>
    <message>
        <source>Hold other dimensions at the &amp;prior&apos;s mean, or zero where there is none</source>
        <translation>其余维度固定在先验均值(&amp;P)，无先验时为零</translation>
    </message>
    <message>
        <source>Pick three images first.</source>
        <translation>请先选择三幅图像。</translation>
    </message>
</context>
<context>
    <name>PosteriorColumn</name>
    <message>
        <source>sides differ by</source>
        <extracomment>Labels of name and figure, by name.</extracomment>
        <translation>两边相差</translation>
    </message>
    <message>
        <source>error of the sums</source>
        <translation>求和误差</translation>
    </message>
    <message>
        <source>IWAE, K = 1,000</source>
        <translation>IWAE，K = 1,000</translation>
    </message>
</context>
<context>
    <name>PosteriorOverlay</name>
    <message>
        <source>{model}: a code is a point without σ, so there are no ellipses.</source>
        <translation>{model}：编码是没有 σ 的点，因此没有椭圆。</translation>
    </message>
    <message>
        <source>Posterior ellipses: n/a, because this checkpoint was saved without σ; train a step.</source>
        <translation>后验椭圆：不适用，因为此检查点未保存 σ；请训练一步。</translation>
    </message>
    <message>
        <source>Posterior ellipses: point at an image.</source>
        <translation>后验椭圆：请将指针移到一幅图像上。</translation>
    </message>
    <message>
        <source>Posterior ellipses: no image is picked.</source>
        <translation>后验椭圆：未选择图像。</translation>
    </message>
    <message>
        <source>Image {row} is not on this map.</source>
        <translation>图像 {row} 不在此图上。</translation>
    </message>
    <message>
        <source>q(z|x) of image {row}: σ is not a finite number.</source>
        <translation>图像 {row} 的 q(z|x)：σ 不是有限数。</translation>
    </message>
    <message>
        <source>Zoom in to see the ellipses.</source>
        <translation>放大后可见椭圆。</translation>
    </message>
    <message>
        <source>Posterior ellipses: being computed…</source>
        <translation>后验椭圆：正在计算…</translation>
    </message>
    <message>
        <source>Posterior ellipses: n/a, because no σ is a finite number.</source>
        <translation>后验椭圆：不适用，因为没有有限的 σ。</translation>
    </message>
    <message>
        <source>q(z|x) of image {row}: σ = {sizes}; 1σ and 2σ hold {one} % and {two} % of it</source>
        <translation>图像 {row} 的 q(z|x)：σ = {sizes}；1σ 和 2σ 分别包含其 {one} % 和 {two} %</translation>
    </message>
    <message>
        <source>{model}: posterior ellipses and prior coverage: n/a, because its posteriors are no Gaussians.</source>
        <translation>{model}：后验椭圆与先验覆盖率：不适用，因为其后验不是高斯分布。</translation>
    </message>
    <message>
        <source>q(z|x) of image {row}: σ from {low} to {high} in {count} dimensions; 1σ and 2σ as this plane shows them hold {one} % and {two} % of what is seen of it</source>
        <translation>图像 {row} 的 q(z|x)：{count} 维的 σ 为 {low} 至 {high}；1σ 和 2σ 在此平面上的投影分别包含其可见部分的 {one} % 和 {two} %</translation>
    </message>
    <message>
        <source>1σ (darker) and 2σ of all {count} posteriors as this plane shows them; they hold {one} % and {two} % of what is seen of each</source>
        <translation>全部 {count} 个后验的 1σ（较深）和 2σ 在此平面上的投影；分别包含各自可见部分的 {one} % 和 {two} %</translation>
    </message>
    <message>
        <source>1σ (darker) and 2σ of all {count} posteriors; they hold {one} % and {two} % of each</source>
        <translation>全部 {count} 个后验的 1σ（较深）和 2σ；分别包含各自的 {one} % 和 {two} %</translation>
    </message>
    <message>
        <source>Prior coverage, the prior mass inside the 39 % / 86 % region (1σ / 2σ in a plane) of at least one posterior: {one} / {two} (all {latent} dimensions, {draws} draws)</source>
        <translation>先验覆盖率，即先验质量落在至少一个后验 39 % / 86 % 区域（平面中即 1σ / 2σ）内的比例：{one} / {two}（全部 {latent} 维，抽取 {draws} 次）</translation>
    </message>
    <message>
        <source>Prior coverage, the prior mass within 1σ / 2σ of at least one posterior: {one} / {two} ({draws} draws)</source>
        <translation>先验覆盖率，即先验质量落在至少一个后验 1σ / 2σ 内的比例：{one} / {two}（抽取 {draws} 次）</translation>
    </message>
    <message>
        <source>N(0, 1): 1σ holds 68 % of it, 1.96σ 95 %</source>
        <translation>N(0, 1)：1σ 包含 68 %，1.96σ 包含 95 %</translation>
    </message>
    <message>
        <source>N(0, I): radii 1, 2 and 2.45 hold 39 %, 86 % and 95 % of it</source>
        <translation>N(0, I)：半径 1、2 和 2.45 分别包含 39 %、86 % 和 95 %</translation>
    </message>
    <message>
        <source>N(0, I) as this plane shows it: radii 1, 2 and 2.45 hold 39 %, 86 % and 95 % of what is seen; its mass lies on a shell of radius √{latent} = {radius} (dotted)</source>
        <translation>N(0, I) 在此平面上的投影：半径 1、2 和 2.45 分别包含可见部分的 39 %、86 % 和 95 %；其质量集中在半径 √{latent} = {radius} 的球壳上（点线）</translation>
    </message>
    <message>
        <source>{model}: it has no prior; for comparison only.</source>
        <translation>{model}：没有先验，仅供比较。</translation>
    </message>
    <message>
        <source>Prior {prior}: 1σ about its mean holds 68 % of it, 1.96σ 95 %</source>
        <translation>先验 {prior}：其均值周围 1σ 含 68 %，1.96σ 含 95 %</translation>
    </message>
    <message>
        <source>Prior {prior}: its ellipses of 1, 2 and 2.45σ hold 39 %, 86 % and 95 % of it</source>
        <translation>先验 {prior}：其 1、2、2.45σ 椭圆分别含 39 %、86 %、95 %</translation>
    </message>
    <message>
        <source>Prior {prior} as this plane shows it: ellipses of 1, 2 and 2.45σ hold 39 %, 86 % and 95 % of what is seen; its mass lies on a shell of √{latent} = {radius}σ (dotted)</source>
        <translation>先验 {prior} 在此平面上的样子：1、2、2.45σ 椭圆分别含所见部分的 39 %、86 %、95 %；其质量集中在半径 √{latent} = {radius}σ 的球壳上（点线）</translation>
    </message>
    <message>
        <source>Prior {prior}: its contours are being computed…</source>
        <translation>先验 {prior}：正在计算其等高线…</translation>
    </message>
    <message>
        <source>Prior {prior} in this slice alone: contours hold {masses} % of what the slice has</source>
        <translation>先验 {prior}，仅此切片：等高线含该切片质量的 {masses} %</translation>
    </message>
    <message>
        <source>Prior {prior} as this plane shows it: contours hold {masses} % of what is seen</source>
        <translation>先验 {prior} 在此平面上的样子：等高线含所见部分的 {masses} %</translation>
    </message>
    <message>
        <source>Prior {prior}: contours hold {masses} % of it</source>
        <translation>先验 {prior}：等高线含其质量的 {masses} %</translation>
    </message>
    <message>
        <source>Contours: being computed…</source>
        <translation>等高线：正在计算…</translation>
    </message>
    <message>
        <source>Aggregated posterior: {masses} % of its mass</source>
        <translation>聚合后验：其质量的 {masses} %</translation>
    </message>
    <message>
        <source>Codes are points: {masses} % of the mass of their kernel density (bandwidth {across}, {up})</source>
        <translation>编码是点：其核密度质量的 {masses} %（带宽 {across}、{up}）</translation>
    </message>
    <message>
        <source>there are too few codes</source>
        <translation>编码太少</translation>
    </message>
    <message>
        <source>all codes are the same</source>
        <translation>所有编码相同</translation>
    </message>
    <message>
        <source>with one latent dimension there is no area</source>
        <translation>潜变量维度为 1 时没有面积</translation>
    </message>
    <message>
        <source>no code is a finite number</source>
        <translation>没有有限的编码</translation>
    </message>
    <message>
        <source>this checkpoint was saved without σ</source>
        <translation>此检查点未保存 σ</translation>
    </message>
    <message>
        <source>this model&apos;s posteriors are no Gaussians</source>
        <translation>该模型的后验不是高斯分布</translation>
    </message>
    <message>
        <source>Contours: n/a, because {reason}.</source>
        <translation>等高线：不适用，因为{reason}。</translation>
    </message>
    <message>
        <source>a point without σ: no ellipses</source>
        <translation>编码是点，无 σ：没有椭圆</translation>
    </message>
    <message>
        <source>ellipses: n/a, posteriors are no Gaussians</source>
        <translation>椭圆：不适用，后验不是高斯分布</translation>
    </message>
    <message>
        <source>ellipses: n/a, saved without σ</source>
        <translation>椭圆：不适用，未保存 σ</translation>
    </message>
    <message>
        <source>q(z|x): σ = {sizes}</source>
        <translation>q(z|x)：σ = {sizes}</translation>
    </message>
    <message>
        <source>q(z|x): σ from {low} to {high}</source>
        <translation>q(z|x)：σ 为 {low} 至 {high}</translation>
    </message>
    <message>
        <source>1σ, 2σ of {count} posteriors, on this plane</source>
        <translation>此平面上 {count} 个后验的 1σ、2σ</translation>
    </message>
    <message>
        <source>1σ, 2σ of {count} posteriors</source>
        <translation>{count} 个后验的 1σ、2σ</translation>
    </message>
    <message>
        <source>prior in 39 % / 86 % regions:
{one} / {two}</source>
        <translation>先验在 39 % / 86 % 区域内：
{one} / {two}</translation>
    </message>
    <message>
        <source>prior within 1σ / 2σ of a posterior:
{one} / {two}</source>
        <translation>先验在某后验 1σ / 2σ 内：
{one} / {two}</translation>
    </message>
    <message>
        <source>{prior}: {masses} %, in this slice</source>
        <translation>{prior}：{masses} %，此切片</translation>
    </message>
    <message>
        <source>{prior}: {masses} %</source>
        <translation>{prior}：{masses} %</translation>
    </message>
    <message>
        <source>N(0, 1): lines at 1, 2, 1.96 σ (95 %)</source>
        <translation>N(0, 1)：线在 1、2、1.96 σ（95 %）处</translation>
    </message>
    <message>
        <source>{prior}: lines at 1, 2, 1.96 σ (95 %)</source>
        <translation>{prior}：线在 1、2、1.96 σ（95 %）处</translation>
    </message>
    <message>
        <source>{prior}: rings at 1, 2, 2.45 σ (95 %)</source>
        <translation>{prior}：圆环在 1、2、2.45 σ（95 %）处</translation>
    </message>
    <message>
        <source>{prior}: rings at 1, 2, 2.45 σ; shell at {radius} σ</source>
        <translation>{prior}：圆环在 1、2、2.45 σ 处；球壳在 {radius} σ 处</translation>
    </message>
    <message>
        <source> · not its prior</source>
        <translation> · 非先验</translation>
    </message>
    <message>
        <source>aggregated posterior: {masses} %</source>
        <translation>聚合后验：{masses} %</translation>
    </message>
    <message>
        <source>kernel density of codes: {masses} %</source>
        <translation>编码的核密度：{masses} %</translation>
    </message>
</context>
<context>
    <name>PosteriorPlot</name>
    <message>
        <source>The true posterior and the encoder&apos;s</source>
        <extracomment>Margin as a share of the sides. Minimum side in px.</extracomment>
        <translation>真实后验与编码器的后验</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Drive</source>
        <translation>驱动器</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>%1 File</source>
        <translation>%1 文件</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <extracomment>Name of the translators installed here.</extracomment>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>RecoveryController</name>
    <message>
        <source>An unfinished run was found: {title}, step {step}.</source>
        <extracomment>All locked folders, including those of crashed trainers of this process. Folders of recovered runs; the present run comes from one of them. Whether the trainer crashed with its run, so that the run was neither saved nor discarded since.</extracomment>
        <translation>发现未完成的训练：{title}，第 {step} 步。</translation>
    </message>
    <message>
        <source>Its time machine begins there: automatic saves hold no moments.</source>
        <translation>它的时间机器从那里开始：自动保存不包含时刻。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>ReportExport</name>
    <message>
        <source>{model}: the figures are of step {step}, the pictures of step {now}.</source>
        <translation>{model}：数值属于第 {step} 步，图片属于第 {now} 步。</translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <source>Figures</source>
        <translation>数值</translation>
    </message>
</context>
<context>
    <name>RowView</name>
    <message>
        <source>Dimension z{number} of {model}</source>
        <extracomment>Width of the figures on the left, height of the slider, and gap to the next row. Tiles are at integer steps of the slider, with half a step beyond the outermost ones.</extracomment>
        <translation>{model}的维度 z{number}</translation>
    </message>
</context>
<context>
    <name>RunButtons</name>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>One optimisation step</source>
        <translation>执行一个优化步</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>New run from the settings in the training panel</source>
        <translation>按训练面板的设置新建训练</translation>
    </message>
    <message>
        <source>Train all models</source>
        <translation>训练所有模型</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause training</source>
        <translation>暂停训练</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>加载中…</translation>
    </message>
    <message>
        <source>The run is being made ready</source>
        <translation>正在准备训练</translation>
    </message>
    <message>
        <source>The run has reached its last epoch; go on beyond it</source>
        <translation>训练已到最后一轮；可继续训练</translation>
    </message>
</context>
<context>
    <name>RunController</name>
    <message>
        <source>A session is being opened; train once it is there.</source>
        <extracomment>The command for a run that is still being built: &quot;train&quot;, &quot;step&quot; or &quot;&quot;. The job of the run being built, if it is the newest request. The knobs before a run on new data replaced them. Whether the trainer crashed with a run that had steps. The data in the service&apos;s memory, which may differ from those shown: building their run may have failed. State and reason of the present run while another one is being built. Number of sessions being opened.</extracomment>
        <translation>正在打开会话；打开后再训练。</translation>
    </message>
    <message>
        <source>A new run replaces the present one at step {step}, which has not been saved.</source>
        <translation>新建训练会取代当前训练（第 {step} 步），而它尚未保存。</translation>
    </message>
    <message>
        <source>Save first…</source>
        <translation>先保存…</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>直接取代</translation>
    </message>
    <message>
        <source>Building the models</source>
        <translation>正在构建模型</translation>
    </message>
    <message>
        <source>New data begin with the usual knobs: {what}.</source>
        <translation>新数据从通常的调节值开始：{what}。</translation>
    </message>
    <message>
        <source>Use the former ones</source>
        <translation>使用之前的值</translation>
    </message>
</context>
<context>
    <name>RunFields</name>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>endless</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>images</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>Grey levels</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>As they are.</source>
        <translation>保持原样。</translation>
    </message>
    <message>
        <source>Drawn each step</source>
        <translation>每步抽取</translation>
    </message>
    <message>
        <source>Every pixel as 0 or 1, drawn afresh each step.</source>
        <translation>每个像素取 0 或 1，每步重新抽取。</translation>
    </message>
    <message>
        <source>Drawn once</source>
        <translation>抽取一次</translation>
    </message>
    <message>
        <source>Every pixel as 0 or 1, the same in every epoch.</source>
        <translation>每个像素取 0 或 1，在每一轮中都相同。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Images a step. Up and Down double and halve it.</source>
        <translation>每步的图像数。上、下方向键使其加倍、减半。</translation>
    </message>
    <message>
        <source>KL warm-up</source>
        <translation>KL 预热</translation>
    </message>
    <message>
        <source>Steps over which β grows from 0 to its value.</source>
        <translation>β 从 0 增长到设定值所用的步数。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Where the run ends; ∞ goes on until stopped.</source>
        <translation>训练在第几轮结束；∞ 表示持续到手动停止。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Of initial weights, batch order and noise; all models share it.</source>
        <translation>用于初始权重、批次顺序和噪声；所有模型共用。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Pixels as they are, or drawn as 0 or 1 with the grey level as the probability of 1.</source>
        <translation>像素保持原样，或以灰度为取 1 的概率抽取为 0 或 1。</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Where the next run trains.</source>
        <translation>下一次训练所用的设备。</translation>
    </message>
</context>
<context>
    <name>SampleControls</name>
    <message>
        <source>Source of the samples</source>
        <extracomment>Fields with a term of the glossary.</extracomment>
        <translation>样本来源</translation>
    </message>
    <message>
        <source>Number K of Gaussians in the mixture, 1 to 50</source>
        <translation>混合模型中高斯分量的个数 K，1 至 50</translation>
    </message>
    <message>
        <source>Radius: the standard deviation of the neighbourhood, in units of the codes&apos; own spread</source>
        <translation>半径：邻域的标准差，以编码的散布为单位</translation>
    </message>
    <message>
        <source>Samples on a sheet</source>
        <translation>每张样本图的样本数</translation>
    </message>
    <message>
        <source>New noise (Ctrl+Alt+N)</source>
        <translation>换一组噪声 (Ctrl+Alt+N)</translation>
    </message>
    <message>
        <source>Seed of the noise: the same seed gives the same samples</source>
        <translation>噪声的随机种子：种子相同则样本相同</translation>
    </message>
    <message>
        <source>How many samples are compared with as many real images (half the images, if there are fewer)</source>
        <translation>用多少样本与同样多的真实图像比较（图像不足时取其一半）</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>Gaussian</source>
        <translation>高斯</translation>
    </message>
    <message>
        <source>One Gaussian with a full covariance, fitted to the codes</source>
        <translation>对编码拟合的单个全协方差高斯分布</translation>
    </message>
    <message>
        <source>Gaussian mixture</source>
        <translation>高斯混合</translation>
    </message>
    <message>
        <source>K Gaussians with full covariances, fitted to the codes by expectation maximisation</source>
        <translation>用期望最大化（EM）对编码拟合的 K 个全协方差高斯分布</translation>
    </message>
    <message>
        <source>Kernel density</source>
        <translation>核密度</translation>
    </message>
    <message>
        <source>A small Gaussian on every code; its bandwidth is chosen by codes left out</source>
        <translation>每个编码上放一个小高斯；带宽由留出的编码选定</translation>
    </message>
    <message>
        <source>Posterior (picked image)</source>
        <translation>后验（所选图像）</translation>
    </message>
    <message>
        <source>z = μ + σ ε of the image that was picked by a click on the map</source>
        <translation>在图上单击选择的图像的 z = μ + σ ε</translation>
    </message>
    <message>
        <source>Neighbourhood (cursor)</source>
        <translation>邻域（光标）</translation>
    </message>
    <message>
        <source>A Gaussian about the code under the cursor, as wide as the radius says</source>
        <translation>以光标处编码为中心的高斯分布，宽度由半径决定</translation>
    </message>
    <message>
        <source>Gaussian of the codes</source>
        <translation>编码的高斯分布</translation>
    </message>
    <message>
        <source>mixture, K = {0}</source>
        <translation>混合，K = {0}</translation>
    </message>
    <message>
        <source>kernel density</source>
        <translation>核密度</translation>
    </message>
    <message>
        <source>neighbourhood, {0} spreads</source>
        <translation>邻域，{0} 倍散布</translation>
    </message>
    <message>
        <source>this model has no prior</source>
        <translation>此模型没有先验</translation>
    </message>
    <message>
        <source>There is no model in this pane.</source>
        <translation>此窗格中没有模型。</translation>
    </message>
    <message>
        <source>The samples are drawn when the codes are there.</source>
        <translation>有编码后即抽取样本。</translation>
    </message>
    <message>
        <source>Click on a point of a map: its image&apos;s posterior is sampled here.</source>
        <translation>请单击图上的一个点：此处会从其图像的后验中抽样。</translation>
    </message>
    <message>
        <source>The code of the picked image is not finite, so there is nothing to sample.</source>
        <translation>所选图像的编码不是有限值，无从抽样。</translation>
    </message>
    <message>
        <source>The posterior of an image needs the image, and the data&apos;s images are not at hand.</source>
        <translation>求后验需要图像本身，而数据集的图像不在手边。</translation>
    </message>
    <message>
        <source>Put the cursor somewhere on the map.</source>
        <translation>请将光标放到图上某处。</translation>
    </message>
    <message>
        <source>n/a: the data&apos;s images are not at hand</source>
        <translation>不适用：没有数据集的图像</translation>
    </message>
    <message>
        <source>One code that is not finite was left out.</source>
        <translation>1 个非有限的编码未计入。</translation>
    </message>
    <message>
        <source>1 iteration.</source>
        <translation>1 次迭代。</translation>
    </message>
    <message>
        <source>Bandwidth {0}, in units of the code.</source>
        <translation>带宽 {0}（编码单位）。</translation>
    </message>
    <message>
        <source>sample coverage {coverage} ↑ (real {real_coverage}) · {name} {distance} ↓ (real {real_distance})</source>
        <translation>样本覆盖率 {coverage} ↑（真实 {real_coverage}） · {name} {distance} ↓（真实 {real_distance}）</translation>
    </message>
    <message>
        <source>precision {0} ↑ · recall {1} ↑ · sample density {2} ↑</source>
        <translation>精确率 {0} ↑ · 召回率 {1} ↑ · 样本密度 {2} ↑</translation>
    </message>
    <message>
        <source>Measured on {0} samples and {1} held-out images; real: these beside as many others.</source>
        <translation>用 {0} 个样本和 {1} 幅留出图像测量；真实：这些图像与同样多的其他图像比较。</translation>
    </message>
    <message>
        <source>{0} is n/a below {1} pictures on either side: it would be noise; hold out more images.</source>
        <translation>任一侧少于 {1} 幅图像时 {0} 不适用：结果只会是噪声；请留出更多图像。</translation>
    </message>
    <message>
        <source>{0}: sample coverage {1}, {2} {3}, precision {4}, recall {5}, sample density {6}</source>
        <translation>{0}：样本覆盖率 {1}，{2} {3}，精确率 {4}，召回率 {5}，样本密度 {6}</translation>
    </message>
    <message>
        <source>n/a: the images are all the same one</source>
        <translation>不适用：所有图像都相同</translation>
    </message>
    <message>
        <source>n/a: samples about one point, not of all data</source>
        <translation>不适用：只是一点附近的样本，并非全部数据</translation>
    </message>
    <message>
        <source>posterior, picked image</source>
        <translation>后验，所选图像</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>先验</translation>
    </message>
    <message>
        <source>The model&apos;s own prior p(z); N(0, I) for a model without one</source>
        <translation>模型自己的先验 p(z)；没有先验的模型用 N(0, I)</translation>
    </message>
    <message>
        <source>a point: no σ</source>
        <translation>一个点：无 σ</translation>
    </message>
    <message>
        <source>n/a: fewer than {0} held-out images</source>
        <translation>不适用：留出图像少于 {0} 幅</translation>
    </message>
    <message>
        <source>n/a while training: pause, or press Measure</source>
        <translation>训练中不测量：请暂停，或按“测量”</translation>
    </message>
    <message>
        <source>n/a: cancelled</source>
        <translation>不适用：已取消</translation>
    </message>
    <message>
        <source>This model has no prior: nothing made its codes look like N(0, I). The sheet shows what is there.</source>
        <translation>此模型没有先验：训练从未使其编码接近 N(0, I)。此处如实显示解码结果。</translation>
    </message>
    <message>
        <source>This model encodes an image as a point, not as a distribution: there is no ε.</source>
        <translation>此模型将图像编码为一个点而非分布：没有 ε。</translation>
    </message>
    <message>
        <source>Fitted to {0} codes.</source>
        <translation>对 {0} 个编码拟合。</translation>
    </message>
    <message>
        <source>{0} codes that are not finite were left out.</source>
        <translation>{0} 个非有限的编码未计入。</translation>
    </message>
    <message>
        <source>{0} iterations.</source>
        <translation>{0} 次迭代。</translation>
    </message>
    <message>
        <source>{0} iterations, not converged.</source>
        <translation>{0} 次迭代，未收敛。</translation>
    </message>
    <message>
        <source>{0} of {1} components kept no code and were dropped.</source>
        <translation>{1} 个分量中有 {0} 个未分得编码，已舍去。</translation>
    </message>
    <message>
        <source>{0}: the mean log density of {1} codes of held-out images. It depends on the units of the codes, so it compares densities of one model, not models.</source>
        <translation>{0}：{1} 个留出图像编码的平均对数密度。它取决于编码的单位，因此只能比较同一模型的不同密度，不能比较不同模型。</translation>
    </message>
    <message>
        <source>held-out ln p {0}</source>
        <translation>留出 ln p {0}</translation>
    </message>
    <message>
        <source>held-out ln p {0} nats</source>
        <translation>留出 ln p {0} nats</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>reconstructions</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>real images</source>
        <translation>真实图像</translation>
    </message>
    <message>
        <source>The density was not fitted to these real images.</source>
        <translation>拟合密度时未使用这些真实图像。</translation>
    </message>
    <message>
        <source>Too few images: the density was fitted to some of these real images, too, so its samples may come closer to them than other real images do.</source>
        <translation>图像太少：密度也拟合了其中一部分真实图像，因此其样本可能比其他真实图像更接近它们。</translation>
    </message>
</context>
<context>
    <name>SamplesController</name>
    <message>
        <source>Samples</source>
        <extracomment>Interval of sheets during training (ms), and as a multiple of one&apos;s time: new weights arrive several times a second, and fits take up to half a second. Interval of sheets that follow the cursor (ms).</extracomment>
        <translation>样本</translation>
    </message>
    <message>
        <source>The samples could not be drawn; see the details.</source>
        <extracomment>The user requested figures during training.</extracomment>
        <translation>无法抽取样本；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>SamplesOverlay</name>
    <message>
        <source>□ samples: {source}</source>
        <extracomment>Side of a square, and radius of the ring around the one under the pointer, in pixels.</extracomment>
        <translation>□ 样本：{source}</translation>
    </message>
</context>
<context>
    <name>SamplesPanel</name>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>New &amp;noise</source>
        <translation>换一组噪声(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Measure samples</source>
        <translation>测量样本(&amp;M)</translation>
    </message>
    <message>
        <source>Samples: {0}</source>
        <translation>样本：{0}</translation>
    </message>
    <message>
        <source>the same noise ε in both panes, seed {0}</source>
        <translation>两窗格用相同噪声 ε，种子 {0}</translation>
    </message>
    <message>
        <source>noise of its own for each latent size, seed {0}</source>
        <translation>潜变量维度不同，噪声各异，种子 {0}</translation>
    </message>
    <message>
        <source>↑ higher, ↓ lower is better; {0} samples beside {1} held-out images; real: as many others</source>
        <translation>↑ 越高越好，↓ 越低越好；{0} 个样本对 {1} 幅留出图像；真实：同样多的其他图像</translation>
    </message>
</context>
<context>
    <name>SavePlaceDialog</name>
    <message>
        <source>Save the session as a folder</source>
        <extracomment>A file that every saved session contains.</extracomment>
        <translation>将会话保存为文件夹</translation>
    </message>
    <message>
        <source>With the moments of the time machine ({size})</source>
        <translation>包含时间机器的时刻（{size}）</translation>
    </message>
    <message>
        <source>With them the time machine of the session goes back to the run&apos;s first steps; without them the session is smaller, and its time machine begins at the step where it was saved.</source>
        <translation>包含它们时，会话的时间机器可以回到训练的最初几步；不包含时，会话更小，时间机器从保存时的那一步开始。</translation>
    </message>
    <message>
        <source>Replace the session “{name}”?</source>
        <translation>取代会话“{name}”？</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>取代</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SeenColumn</name>
    <message>
        <source>Models see</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>What the models see</source>
        <translation>模型所见的图像</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>The largest middle part of the models&apos; proportions</source>
        <translation>符合模型长宽比的最大居中部分</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>补边</translation>
    </message>
    <message>
        <source>All of it, with the data&apos;s background around</source>
        <translation>全部内容，四周补数据的背景色</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>拉伸</translation>
    </message>
    <message>
        <source>All of it, in the models&apos; proportions</source>
        <translation>全部内容，拉伸为模型的长宽比</translation>
    </message>
    <message>
        <source>How an image of other proportions fits</source>
        <translation>长宽比不同的图像如何适配</translation>
    </message>
    <message>
        <source>Negative: auto</source>
        <translation>负片：自动</translation>
    </message>
    <message>
        <source>Where the data are light on dark and the image is not</source>
        <translation>数据为暗底亮图而图像不是时取负片</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Never a negative</source>
        <translation>从不取负片</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>负片</translation>
    </message>
    <message>
        <source>Always the negative</source>
        <translation>总是取负片</translation>
    </message>
    <message>
        <source>Whether the models are shown the negative</source>
        <translation>是否向模型展示负片</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>What is drawn on plain paper is fitted into 20 of 28 pixels and its centre of mass put in the middle, as MNIST&apos;s digits were</source>
        <translation>将空白底上所画内容缩放到 28 像素中的 20 像素，并将其重心置于中央，与 MNIST 的数字相同</translation>
    </message>
</context>
<context>
    <name>SelectionController</name>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Copying images</source>
        <translation>正在复制图像</translation>
    </message>
    <message>
        <source>There is no image inside the lasso; the selection stays as it was.</source>
        <extracomment>Paths of the last requested list and folder of copies.</extracomment>
        <translation>套索内没有图像；选择保持不变。</translation>
    </message>
    <message>
        <source>{path} is still being saved; save the next list when it is done.</source>
        <translation>{path} 仍在保存中；请等它完成后再保存下一份列表。</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>已保存到 {path}。</translation>
    </message>
    <message>
        <source>The selection could not be saved; see the details.</source>
        <translation>无法保存所选内容；请查看详细信息。</translation>
    </message>
    <message>
        <source>Images are still being copied to {path}; wait, or cancel that first.</source>
        <translation>图像仍在复制到 {path}；请等待，或先取消该操作。</translation>
    </message>
    <message>
        <source>{images} were copied to {path}.</source>
        <translation>已将 {images} 复制到 {path}。</translation>
    </message>
    <message>
        <source>{images} of them were written as PNG: their files were not found.</source>
        <translation>其中 {images} 以 PNG 写出：未找到原文件。</translation>
    </message>
    <message>
        <source>Select at least two images first; the images themselves must be at hand.</source>
        <translation>请先选择至少两幅图像；图像本身必须可用。</translation>
    </message>
</context>
<context>
    <name>SelectionOverlay</name>
    <message>
        <source>lasso: draw round images to select them; or arrows move the cursor, Space sets a corner, Enter selects (Ctrl adds, Shift takes out, Esc ends)</source>
        <extracomment>The line, its points, and its drawing parameters.</extracomment>
        <translation>套索：圈出图像以选择；或用方向键移动光标，空格设一个角点，回车选择（Ctrl 添加，Shift 移出，Esc 结束）</translation>
    </message>
    <message>
        <source>lasso: draw round images</source>
        <translation>套索：圈出图像</translation>
    </message>
    <message>
        <source>selected: {images}</source>
        <translation>已选：{images}</translation>
    </message>
    <message>
        <source>Select class {name}</source>
        <translation>选择类别 {name}</translation>
    </message>
    <message>
        <source>Select with the lasso</source>
        <translation>用套索选择</translation>
    </message>
    <message>
        <source>Clear the selection</source>
        <translation>清除选择</translation>
    </message>
</context>
<context>
    <name>SelectionPanel</name>
    <message>
        <source>Selection</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Lasso</source>
        <extracomment>Cache of sorted rows, and the sort key.</extracomment>
        <translation>套索</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>图像的顺序</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Save list…</source>
        <translation>保存列表…</translation>
    </message>
    <message>
        <source>A CSV table in the order shown: number, file, class, split, codes of both models</source>
        <translation>按所示顺序的 CSV 表格：编号、文件、类别、划分、两个模型的编码</translation>
    </message>
    <message>
        <source>Copy images…</source>
        <translation>复制图像…</translation>
    </message>
    <message>
        <source>To a new folder: the files themselves, or PNG files named by their numbers</source>
        <translation>复制到新文件夹：原文件，或以编号命名的 PNG 文件</translation>
    </message>
    <message>
        <source>Use as data set</source>
        <translation>用作数据集</translation>
    </message>
    <message>
        <source>Draw round images on either map to select them (Ctrl+L); by keyboard, set corners with Space</source>
        <translation>在任一图上圈出图像以选择（Ctrl+L）；用键盘时以空格设角点</translation>
    </message>
    <message>
        <source>Select with the l&amp;asso</source>
        <translation>用套索选择(&amp;A)</translation>
    </message>
    <message>
        <source>Clear the s&amp;election</source>
        <translation>清除选择(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Save list as CSV…</source>
        <translation>将列表保存为 CSV(&amp;S)…</translation>
    </message>
    <message>
        <source>C&amp;opy images to folder…</source>
        <translation>将图像复制到文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Use as data set</source>
        <translation>用作数据集(&amp;U)</translation>
    </message>
    <message>
        <source>No images yet: choose data, or open a session.</source>
        <translation>还没有图像：请选择数据或打开会话。</translation>
    </message>
    <message>
        <source>Nothing is selected: all {images}.</source>
        <translation>未选择任何图像：显示全部 {images}。</translation>
    </message>
    <message>
        <source>Losses of step {step}; the model has learned since.</source>
        <translation>损失来自第 {step} 步；此后模型又训练过。</translation>
    </message>
    <message>
        <source>Measuring losses…</source>
        <translation>正在测量损失…</translation>
    </message>
    <message>
        <source>These losses are not known.</source>
        <translation>这些损失未知。</translation>
    </message>
    <message>
        <source>Only the selected images are shown and trained on, with new models</source>
        <translation>只显示并训练选中的图像，使用新的模型</translation>
    </message>
    <message>
        <source>Select at least two images first; the images themselves must be at hand.</source>
        <translation>请先选择至少两幅图像；图像本身必须可用。</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>按编号</translation>
    </message>
    <message>
        <source>Worst {loss} first</source>
        <translation>{loss}最差者在前</translation>
    </message>
</context>
<context>
    <name>SelectionWords</name>
    <message>
        <source>1 image</source>
        <extracomment>Classes that a sentence names.</extracomment>
        <translation>1 幅图像</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} 幅图像</translation>
    </message>
    <message>
        <source>{images} of class {name}</source>
        <translation>类别 {name} 的 {images}</translation>
    </message>
    <message>
        <source>{images} of {classes} classes: {names}</source>
        <translation>{classes} 个类别的 {images}：{names}</translation>
    </message>
</context>
<context>
    <name>SessionController</name>
    <message>
        <source>Opening replaces the present run at step {step}, which has not been saved.</source>
        <extracomment>The action after &quot;Save first…&quot;, by the question. The setting of whether moments are saved with a session. Actions waiting for confirmation because they replace a run with unsaved steps. Saves under way, and whether any of them failed since the last time there were none. Callbacks waiting for a folder from the user.</extracomment>
        <translation>打开会取代当前训练（第 {step} 步），而它尚未保存。</translation>
    </message>
    <message>
        <source>Save first…</source>
        <translation>先保存…</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>直接取代</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>The pair that comes with the program in {folder} is damaged; install the program again, or choose data and train.</source>
        <translation>程序随附的模型对（位于 {folder}）已损坏；请重新安装程序，或者选择数据进行训练。</translation>
    </message>
    <message>
        <source>The window&apos;s part of the session in {path} could not be read; the run is whole.</source>
        <translation>无法读取 {path} 中会话的窗口部分；训练本身完好。</translation>
    </message>
    <message>
        <source>Part of the session in {path} could not be read and was left out: {entries}.</source>
        <translation>{path} 中的会话有一部分无法读取，已略去：{entries}。</translation>
    </message>
    <message>
        <source>There is no run to save yet; press Train first.</source>
        <translation>尚无可保存的训练；请先按“训练”。</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>已保存到 {path}。</translation>
    </message>
    <message>
        <source>Saved to {path}, without its moments.</source>
        <translation>已保存到 {path}，不含时刻。</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
</context>
<context>
    <name>SheetColumn</name>
    <message>
        <source>Samples of {model}</source>
        <translation>{model}的样本</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>{0} pictures</source>
        <translation>{0} 幅图像</translation>
    </message>
    <message>
        <source>measuring…</source>
        <translation>正在测量…</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard and mouse</source>
        <translation>键盘与鼠标</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SliceBar</name>
    <message>
        <source>Slice</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>Slice of {model}&apos;s map</source>
        <translation>{model}潜空间图的切片</translation>
    </message>
    <message>
        <source>slice</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>{0} spreads</source>
        <translation>{0} 倍散布</translation>
    </message>
    <message>
        <source>→ picked</source>
        <translation>→ 所选</translation>
    </message>
    <message>
        <source>→ most variance</source>
        <translation>→ 最大方差</translation>
    </message>
    <message>
        <source>Click: slices along the direction of most variance that the map hides.</source>
        <translation>单击：沿图中未显示的最大方差方向切片。</translation>
    </message>
    <message>
        <source>Click: slices towards the picked image.</source>
        <translation>单击：朝所选图像切片。</translation>
    </message>
    <message>
        <source>The slider moves the map to a parallel slice of code space; in brackets is the share of the codes&apos; variance along the way. The triangle is the slice that holds the picked image.</source>
        <translation>滑块把图移到编码空间中平行的切片；括号里是沿该方向的编码方差比例。三角形是所选图像所在的切片。</translation>
    </message>
    <message>
        <source>Pick an image on the map first.</source>
        <translation>请先在图上选择一幅图像。</translation>
    </message>
    <message>
        <source>The picked image lies in the plane.</source>
        <translation>所选图像就在平面内。</translation>
    </message>
    <message>
        <source>The codes do not vary in any direction that the map hides.</source>
        <translation>编码在图中未显示的方向上没有变化。</translation>
    </message>
</context>
<context>
    <name>SplitKey</name>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>held-out</source>
        <translation>留出</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Run</source>
        <extracomment>Margins in px: at both ends, and between two fields.</extracomment>
        <translation>训练</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>每秒图像数</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation>1 个线程</translation>
    </message>
    <message>
        <source>{0} threads</source>
        <translation>{0} 个线程</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>加载中</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>epoch {0}</source>
        <translation>轮次 {0}</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>{0} images/s</source>
        <translation>{0} 幅/秒</translation>
    </message>
    <message>
        <source>decode {0} ms</source>
        <translation>解码 {0} ms</translation>
    </message>
    <message>
        <source>paint {0} ms</source>
        <translation>绘制 {0} ms</translation>
    </message>
    <message>
        <source>memory {0}</source>
        <translation>内存 {0}</translation>
    </message>
    <message>
        <source>Window {0}</source>
        <translation>窗口 {0}</translation>
    </message>
    <message>
        <source>Trainer {0}</source>
        <translation>训练进程 {0}</translation>
    </message>
</context>
<context>
    <name>StopsMenu</name>
    <message>
        <source>Stops of the path</source>
        <translation>路径点</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Tools</source>
        <extracomment>Minimum height of an open panel in px; below that it scrolls. Name of the open tab; &quot;&quot; while the strip is closed.</extracomment>
        <translation>工具</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
</context>
<context>
    <name>StripRow</name>
    <message>
        <source>Film strip: {0}</source>
        <extracomment>Inputs of the caption: the strip and the width of its film.</extracomment>
        <translation>胶片条：{0}</translation>
    </message>
    <message>
        <source>{0} of {1} frames fit in here; the slider reaches all</source>
        <translation>此处放得下 {1} 帧中的 {0} 帧；滑块可到达全部帧</translation>
    </message>
    <message>
        <source>refining…</source>
        <translation>正在优化…</translation>
    </message>
</context>
<context>
    <name>TermRow</name>
    <message>
        <source>Image {letter}</source>
        <translation>图像 {letter}</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>所选</translation>
    </message>
    <message>
        <source>Take the picked image as {letter}</source>
        <translation>将所选图像用作 {letter}</translation>
    </message>
    <message>
        <source>Take the picked image as {letter} (or press {letter} on the map: the one under the pointer)</source>
        <translation>将所选图像用作 {letter}（或在图上按 {letter}：取指针下的图像）</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选定</translation>
    </message>
    <message>
        <source>image {row}</source>
        <translation>图像 {row}</translation>
    </message>
</context>
<context>
    <name>TimelineController</name>
    <message>
        <source>{count} moments have left the slider because their temporary files were removed.</source>
        <translation>{count} 个时刻的临时文件已被删除，已从滑块上移除。</translation>
    </message>
    <message>
        <source>This moment could not be shown; see the details.</source>
        <extracomment>Numbers of moments&apos; snapshots begin here, so that they differ from those of the run.</extracomment>
        <translation>无法显示此时刻；请查看详细信息。</translation>
    </message>
    <message>
        <source>One moment has left the slider because its temporary file was removed.</source>
        <translation>1 个时刻的临时文件已被删除，已从滑块上移除。</translation>
    </message>
    <message>
        <source>Going to step {step}</source>
        <translation>正在前往第 {step} 步</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>Time machine</source>
        <translation>时间机器</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Earlier moment (←)</source>
        <translation>上一时刻 (←)</translation>
    </message>
    <message>
        <source>Play the moments</source>
        <translation>播放各时刻</translation>
    </message>
    <message>
        <source>Later moment (→)</source>
        <translation>下一时刻 (→)</translation>
    </message>
    <message>
        <source>{0} a second</source>
        <translation>每秒 {0} 个</translation>
    </message>
    <message>
        <source>Moments a second</source>
        <translation>每秒时刻数</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Show the run as it is now</source>
        <translation>显示训练的当前状态</translation>
    </message>
    <message>
        <source>Continue from here</source>
        <translation>从此处继续</translation>
    </message>
    <message>
        <source>Return to the former run</source>
        <translation>回到先前的训练</translation>
    </message>
    <message>
        <source>Train, and moments will be kept here.</source>
        <translation>训练时，各时刻会保留在此。</translation>
    </message>
    <message>
        <source>&amp;Play the moments</source>
        <translation>播放各时刻(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Earlier moment</source>
        <translation>上一时刻(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Later moment</source>
        <translation>下一时刻(&amp;L)</translation>
    </message>
    <message>
        <source>Back to &amp;now</source>
        <translation>回到现在(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Continue the run from this moment</source>
        <translation>从此时刻继续训练(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Return to the former run</source>
        <translation>回到先前的训练(&amp;R)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>{0} · {1} of {2}</source>
        <translation>{0} · {1} / {2}</translation>
    </message>
    <message>
        <source>1 moment</source>
        <translation>1 个时刻</translation>
    </message>
    <message>
        <source>{0} moments</source>
        <translation>{0} 个时刻</translation>
    </message>
    <message>
        <source>Weights, optimiser states and codes, kept in temporary files until another run is opened or the program ends, and with a session that is saved; when their room is used up, some in between go.</source>
        <translation>权重、优化器状态和编码，保存在临时文件中，直到打开另一次训练或程序结束，并随保存的会话一起保存；空间用尽时会舍去中间的一些。</translation>
    </message>
    <message>
        <source>Each of the first ten steps is a moment, later ones are farther and farther apart. A session is saved without them, as was chosen when one was saved last.</source>
        <translation>最初十步每一步都是一个时刻，之后的时刻间隔越来越大。按照上次保存时的选择，会话保存时不包含它们。</translation>
    </message>
    <message>
        <source>Moments are close together in the first steps, farther and farther apart later. A session that is saved has moments of {0}.</source>
        <translation>最初几步的时刻排得很密，之后越来越疏。保存的会话含 {0} 的时刻。</translation>
    </message>
    <message>
        <source>now: step {0}</source>
        <translation>现在：第 {0} 步</translation>
    </message>
    <message>
        <source>past: step {0} of {1} · epoch {2}</source>
        <translation>过去：第 {0} / {1} 步 · 轮次 {2}</translation>
    </message>
    <message>
        <source>Maps and pictures show the past; training goes on, and so do its curves.</source>
        <translation>潜空间图和图像显示过去；训练及其曲线仍在继续。</translation>
    </message>
    <message>
        <source>Maps and pictures show the past. Continue from here: the run goes on from this step, exactly as it did then, and what came after stays as a dotted curve.</source>
        <translation>潜空间图和图像显示过去。从此处继续：训练从这一步起与当时完全一样地进行，其后的部分保留为点线曲线。</translation>
    </message>
    <message>
        <source>The run parted at step {0} from the former one, which came to step {1}.</source>
        <translation>此次训练在第 {0} 步与先前的训练分开，后者到第 {1} 步。</translation>
    </message>
</context>
<context>
    <name>ToolPanels</name>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Traversals</source>
        <translation>遍历</translation>
    </message>
    <message>
        <source>Directions</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Your image</source>
        <translation>自选图像</translation>
    </message>
    <message>
        <source>Time machine</source>
        <translation>时间机器</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Posterior</source>
        <translation>后验</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
</context>
<context>
    <name>ToolTips</name>
    <message>
        <source>Shift+F1: more in the glossary</source>
        <extracomment>Width of a line in px at normal text size, and a number of lines that no tip reaches. Pixels by which a tip of the focused control is raised. Milliseconds between keyboard focus and the tip of the control. The property of a widget that shows numbers: keys of the glossary, with a space between.</extracomment>
        <translation>Shift+F1：在术语表中查看更多</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Toolbar</source>
        <extracomment>Minimum width of the row in px, with all optional parts left out. Width in px of β&apos;s slider below which texts are shortened.</extracomment>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>How the cursors follow each other</source>
        <translation>光标联动方式</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>Search commands (Ctrl+Shift+P)</source>
        <translation>搜索命令 (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Open or close the training settings (Ctrl+I)</source>
        <translation>打开或关闭训练设置（Ctrl+I）</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Maps and pictures only, in large type (F11); Esc comes back</source>
        <translation>只显示潜空间图和图像，大字号（F11）；按 Esc 返回</translation>
    </message>
    <message>
        <source>More commands</source>
        <translation>更多命令</translation>
    </message>
    <message>
        <source>Latent Explorer</source>
        <translation>Latent Explorer</translation>
    </message>
    <message>
        <source>Training settings</source>
        <translation>训练设置</translation>
    </message>
    <message>
        <source>Link between the panes</source>
        <translation>窗格之间的联动</translation>
    </message>
    <message>
        <source>By the same image</source>
        <translation>按同一图像</translation>
    </message>
    <message>
        <source>Link: same image</source>
        <translation>联动：同一图像</translation>
    </message>
    <message>
        <source>By decoding, then encoding</source>
        <translation>先解码再编码</translation>
    </message>
    <message>
        <source>Link: decode, encode</source>
        <translation>联动：解码再编码</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Link: off</source>
        <translation>联动：关闭</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Appearance: {which}</source>
        <translation>外观：{which}</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Drag over a map: every place is a code, and the picture beside the map is what the decoder makes of it.</source>
        <translation>在图上拖动：每个位置都是一个编码，图旁的图像就是解码器由它生成的。</translation>
    </message>
    <message>
        <source>Two models have learned the same images: an autoencoder on the left, a variational autoencoder on the right. Each dot is an image; the cursors follow each other.</source>
        <translation>两个模型学习了相同的图像：左边是自编码器，右边是变分自编码器。每个点是一幅图像；两个光标互相跟随。</translation>
    </message>
    <message>
        <source>Press Train, and both learn while you watch. β is the weight of the KL divergence: turn it while they train, and see the right map change.</source>
        <translation>按“训练”，两个模型就在您眼前学习。β 是 KL 散度的权重：训练时转动它，看右边的图变化。</translation>
    </message>
    <message>
        <source>Each tab opens a tool: loss curves, paths between images, samples, traversals and more. Choose it again to close it.</source>
        <translation>每个标签打开一个工具：损失曲线、图像间的路径、样本、遍历等。再选一次即关闭。</translation>
    </message>
    <message>
        <source>The meter says whether there is data at the cursor and whether the picture looks real; Overlays draw such measures on the map. Shift+F1 tells what a number means.</source>
        <translation>仪表说明光标处是否有数据、图像是否真实；“叠加层”把这些量画在图上。Shift+F1 说明一个数的含义。</translation>
    </message>
</context>
<context>
    <name>TourBar</name>
    <message>
        <source>Back</source>
        <extracomment>Index of the shown stop; -1 without a tour.</extracomment>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Close the tour</source>
        <translation>关闭导览</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>TrainMenu</name>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Single step</source>
        <translation>单步(&amp;S)</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>停止(&amp;O)</translation>
    </message>
    <message>
        <source>β &amp;up</source>
        <translation>增大 β(&amp;U)</translation>
    </message>
    <message>
        <source>β do&amp;wn</source>
        <translation>减小 β(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;β back to 1</source>
        <translation>β 恢复为 1(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>Training</source>
        <extracomment>Below this height in px the notice is compact, to leave room for the settings.
----------
Hidden if the panel is shown under another title.</extracomment>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>TraversalColumn</name>
    <message>
        <source>No model yet.</source>
        <translation>尚无模型。</translation>
    </message>
    <message>
        <source>No code on this map is finite, so there is nothing to go through.</source>
        <translation>此图上没有有限的编码，因此无可遍历。</translation>
    </message>
    <message>
        <source>All images have the same code: no dimension has a range to go through.</source>
        <translation>所有图像的编码相同：没有维度有可遍历的范围。</translation>
    </message>
    <message>
        <source>through image {row}</source>
        <translation>过图像 {row}</translation>
    </message>
    <message>
        <source>through the cursor&apos;s code: no image is picked</source>
        <translation>过光标处的编码：未选图像</translation>
    </message>
    <message>
        <source>through the cursor&apos;s code: the picked image is not on this map</source>
        <translation>过光标处的编码：所选图像不在图上</translation>
    </message>
    <message>
        <source>through the cursor&apos;s code</source>
        <translation>过光标处的编码</translation>
    </message>
    <message>
        <source>by variance: no KL</source>
        <translation>按方差：无 KL 散度</translation>
    </message>
</context>
<context>
    <name>TraversalController</name>
    <message>
        <source>The traversals could not be decoded; see the details.</source>
        <extracomment>Interval of requests during a drag, and during training (ms). Maximum number of cached rows per pane: several screens full.</extracomment>
        <translation>遍历无法解码；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>TraversalPanel</name>
    <message>
        <source>Traversals</source>
        <translation>遍历</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>次序</translation>
    </message>
    <message>
        <source>Variance</source>
        <translation>方差</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Go through</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Picked image</source>
        <translation>所选图像</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>光标</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>pictures at −3 … +3 spreads from the codes&apos; mean</source>
        <translation>图像位于编码均值的 −3 … +3 倍散布处</translation>
    </message>
    <message>
        <source>Order dimensions by &amp;KL</source>
        <translation>维度按 KL 散度排序(&amp;K)</translation>
    </message>
    <message>
        <source>Order dimensions by &amp;variance</source>
        <translation>维度按方差排序(&amp;V)</translation>
    </message>
    <message>
        <source>Order dimensions by &amp;number</source>
        <translation>维度按编号排序(&amp;N)</translation>
    </message>
    <message>
        <source>Traversals through the &amp;picked image</source>
        <translation>遍历经过所选图像(&amp;P)</translation>
    </message>
    <message>
        <source>Traversals through the &amp;cursor&apos;s code</source>
        <translation>遍历经过光标处的编码(&amp;C)</translation>
    </message>
    <message>
        <source>Slices along &amp;most variance</source>
        <translation>沿最大方差切片(&amp;M)</translation>
    </message>
    <message>
        <source>Slices towards the picked &amp;image</source>
        <translation>朝所选图像切片(&amp;I)</translation>
    </message>
    <message>
        <source>Back to the &amp;first slices</source>
        <translation>回到最初的切片(&amp;F)</translation>
    </message>
</context>
<context>
    <name>TraversalWords</name>
    <message>
        <source>no KL</source>
        <extracomment>Closer to the plane than this share of its distance from the mean, an image lies in it.</extracomment>
        <translation>无 KL</translation>
    </message>
    <message>
        <source>spread {0}</source>
        <translation>散布 {0}</translation>
    </message>
    <message>
        <source>pictures change …</source>
        <translation>图像变化 …</translation>
    </message>
    <message>
        <source>pictures change {0} %</source>
        <translation>图像变化 {0} %</translation>
    </message>
    <message>
        <source>No KL: these codes are points, their σ is not at hand, or the prior has none per dimension.</source>
        <translation>无 KL：这些编码是点、没有其 σ，或先验没有各维度的 KL。</translation>
    </message>
    <message>
        <source>All codes have the same z{0}: pictures stand at −3 … +3 of the prior&apos;s standard deviations, {1}, about its mean, {2}.</source>
        <translation>所有编码的 z{0} 都相同：图像取自先验均值 {2} 周围 −3 … +3 个先验标准差（{1}）处。</translation>
    </message>
    <message>
        <source>All codes have the same z{0}, so there is no range to go through.</source>
        <translation>所有编码的 z{0} 相同，因此没有可遍历的范围。</translation>
    </message>
    <message>
        <source>Here the codes&apos; mean is {0}.</source>
        <translation>此处编码的均值为 {0}。</translation>
    </message>
    <message>
        <source>the map shows {total} % of the codes&apos; variance</source>
        <translation>图上显示编码方差的 {total} %</translation>
    </message>
    <message>
        <source>image {row} lies {distance} away from its plane</source>
        <translation>图像 {row} 距其平面 {distance}</translation>
    </message>
    <message>
        <source>It is {share} of its distance from the codes&apos; mean.</source>
        <translation>即它到编码均值距离的 {share}。</translation>
    </message>
    <message>
        <source>The handle is the cursor&apos;s code, the triangle the picked image&apos;s.</source>
        <translation>手柄为光标处的编码，三角形为所选图像的编码。</translation>
    </message>
    <message>
        <source>The codes have no variance: all images have the same code.</source>
        <translation>编码没有方差：所有图像的编码相同。</translation>
    </message>
</context>
<context>
    <name>TruePosterior</name>
    <message>
        <source>True posterior of this image</source>
        <translation>此图像的真实后验</translation>
    </message>
    <message>
        <source>Not available: this model has no prior p(z). Without one a code has no probability before the image is seen, and so there is neither p(x) nor p(z|x).</source>
        <translation>不可用：此模型没有先验 p(z)。没有先验，看到图像之前编码就没有概率，因而既没有 p(x) 也没有 p(z|x)。</translation>
    </message>
    <message>
        <source>Not available: this model has {latent} latent dimensions. The sum over all codes is made on a grid, which is possible with one or two; with more see the IWAE bound in Measures.</source>
        <translation>不可用：此模型有 {latent} 个潜在维度。对所有编码的求和在网格上进行，只适用于一维或二维；更多维度请看“度量”中的 IWAE 界。</translation>
    </message>
    <message>
        <source>Not available: the model&apos;s weights are not at hand.</source>
        <translation>不可用：没有模型的权重。</translation>
    </message>
    <message>
        <source>Not available: this model gives no probability p(x|z) of a picture, or its learned σ² is not known.</source>
        <translation>不可用：此模型不给出图像的概率 p(x|z)，或其学到的 σ² 未知。</translation>
    </message>
    <message>
        <source>Not available: needs the picked image itself; choose the data set in the toolbar.</source>
        <translation>不可用：需要所选图像本身；请在工具栏中选择数据集。</translation>
    </message>
    <message>
        <source>Not available: the data set&apos;s images have another size than the model&apos;s.</source>
        <translation>不可用：数据集图像的尺寸与模型的不同。</translation>
    </message>
    <message>
        <source>Not available: {why}</source>
        <translation>不可用：{why}</translation>
    </message>
    <message>
        <source>no prior: no p(z|x)</source>
        <translation>无先验：无 p(z|x)</translation>
    </message>
    <message>
        <source>p(z|x): one or two dimensions only</source>
        <translation>p(z|x)：仅限一维或二维</translation>
    </message>
    <message>
        <source>p(z|x): n/a</source>
        <translation>p(z|x)：不可用</translation>
    </message>
    <message>
        <source>Click a point on a map, or press Enter on the map, to pick an image.</source>
        <translation>点击图上的一个点，或在图上按回车键，以选取图像。</translation>
    </message>
    <message>
        <source>True posterior: being computed…</source>
        <translation>真实后验：正在计算…</translation>
    </message>
    <message>
        <source>p(z|x) of image {row}: ln p(x) = {evidence} nats</source>
        <translation>图像 {row} 的 p(z|x)：ln p(x) = {evidence} nat</translation>
    </message>
    <message>
        <source>p(z|x) of image {row}: ln p(x) {evidence} = ELBO {elbo} + KL(q‖p) {kl} nats</source>
        <translation>图像 {row} 的 p(z|x)：ln p(x) {evidence} = ELBO {elbo} + KL(q‖p) {kl} nat</translation>
    </message>
    <message>
        <source>ln p(x) = {evidence}</source>
        <translation>ln p(x) = {evidence}</translation>
    </message>
    <message>
        <source>ln p(x) {evidence} =
ELBO {elbo} + KL {kl}</source>
        <translation>ln p(x) {evidence} =
ELBO {elbo} + KL {kl}</translation>
    </message>
    <message>
        <source>This model has no encoder&apos;s posterior q(z|x) to compare the true one with.</source>
        <translation>此模型没有编码器后验 q(z|x) 可与真实后验比较。</translation>
    </message>
    <message>
        <source>The encoder&apos;s posterior is nearly the true one: the ELBO is tight here.</source>
        <translation>编码器的后验几乎就是真实后验：这里 ELBO 是紧的。</translation>
    </message>
    <message>
        <source>The encoder&apos;s posterior is near the true one: the ELBO lacks {kl} nats.</source>
        <translation>编码器的后验接近真实后验：ELBO 少 {kl} nat。</translation>
    </message>
    <message>
        <source>The encoder&apos;s posterior misses the true one: the ELBO lacks {kl} nats for that.</source>
        <translation>编码器的后验偏离真实后验：ELBO 因此少 {kl} nat。</translation>
    </message>
    <message>
        <source>Grey levels under Bernoulli give a cross-entropy, no likelihood; the equation holds all the same.</source>
        <translation>伯努利下的灰度给出的是交叉熵，而非似然；等式依然成立。</translation>
    </message>
</context>
<context>
    <name>TruePosteriorOverlay</name>
    <message>
        <source>True posterior: no image is picked.</source>
        <extracomment>Smaller regions (in px) are hidden under the mark of the image. Share of a map&apos;s height for curves, and px below them for the numbers of the axis. Share of the map&apos;s sides that it fills after zooming to it.</extracomment>
        <translation>真实后验：未选择图像。</translation>
    </message>
    <message>
        <source>shaded: p(z|x), lines at 39 % and 86 %; dashed: q(z|x)</source>
        <translation>阴影：p(z|x)，线为 39 % 和 86 %；虚线：q(z|x)</translation>
    </message>
    <message>
        <source>shaded: p(z|x); dashed: q(z|x)</source>
        <translation>阴影：p(z|x)；虚线：q(z|x)</translation>
    </message>
    <message>
        <source>Zoom in to see it (menu of the map).</source>
        <translation>放大才能看到（见图的菜单）。</translation>
    </message>
    <message>
        <source>Zoom in to see p(z|x).</source>
        <translation>放大才能看到 p(z|x)。</translation>
    </message>
    <message>
        <source>Zoom to the true posterior</source>
        <translation>放大到真实后验</translation>
    </message>
</context>
<context>
    <name>TruePosteriorPanel</name>
    <message>
        <source>True posterior of the picked image</source>
        <translation>所选图像的真实后验</translation>
    </message>
    <message>
        <source>Picked image</source>
        <translation>所选图像</translation>
    </message>
    <message>
        <source>On the maps</source>
        <translation>在图上显示</translation>
    </message>
    <message>
        <source>p(z|x) and q(z|x) of the picked image on both maps (Ctrl+Shift+9)</source>
        <translation>在两张图上显示所选图像的 p(z|x) 和 q(z|x)（Ctrl+Shift+9）</translation>
    </message>
    <message>
        <source>Zoom to it</source>
        <translation>放大到此处</translation>
    </message>
    <message>
        <source>Both maps look at the posteriors of the picked image</source>
        <translation>两张图都移到所选图像的后验处</translation>
    </message>
    <message>
        <source>&amp;Zoom both maps to it</source>
        <translation>两张图都放大到此处(&amp;Z)</translation>
    </message>
    <message>
        <source>no image is picked</source>
        <translation>未选取图像</translation>
    </message>
    <message>
        <source>no image</source>
        <translation>无图像</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>图像 {number}</translation>
    </message>
</context>
<context>
    <name>ViewMenu</name>
    <message>
        <source>&amp;View</source>
        <extracomment>Pixels that a key moves a splitter.</extracomment>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>F&amp;it both maps</source>
        <translation>两图均显示全部点(&amp;F)</translation>
    </message>
    <message>
        <source>Fit the &amp;map in use</source>
        <translation>适配当前潜空间图(&amp;M)</translation>
    </message>
    <message>
        <source>L&amp;egend…</source>
        <translation>图例(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外观(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Link cursors</source>
        <translation>光标联动(&amp;L)</translation>
    </message>
    <message>
        <source>By the same &amp;image</source>
        <translation>按同一图像(&amp;I)</translation>
    </message>
    <message>
        <source>By &amp;decoding, then encoding</source>
        <translation>先解码再编码(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>Decoded pictures as random &amp;draws</source>
        <translation>解码图像显示为随机抽样(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Show another draw</source>
        <translation>再抽一次(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Training settings</source>
        <translation>训练设置(&amp;T)</translation>
    </message>
    <message>
        <source>Panel at the &amp;bottom</source>
        <translation>底部面板(&amp;B)</translation>
    </message>
    <message>
        <source>L&amp;oss curves and table</source>
        <translation>损失曲线与表格(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Next part of the window</source>
        <translation>窗口的下一部分(&amp;N)</translation>
    </message>
    <message>
        <source>Previous part of the &amp;window</source>
        <translation>窗口的上一部分(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Presentation</source>
        <translation>演示(&amp;P)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>Leave the presentation</source>
        <translation>退出演示</translation>
    </message>
    <message>
        <source>Si&amp;zes</source>
        <translation>大小(&amp;S)</translation>
    </message>
    <message>
        <source>Panel &amp;higher</source>
        <translation>面板更高(&amp;H)</translation>
    </message>
    <message>
        <source>Panel &amp;lower</source>
        <translation>面板更矮(&amp;L)</translation>
    </message>
    <message>
        <source>Left pane &amp;wider</source>
        <translation>左侧窗格更宽(&amp;W)</translation>
    </message>
    <message>
        <source>Left pane &amp;narrower</source>
        <translation>左侧窗格更窄(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Training settings wider</source>
        <translation>训练设置更宽(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;raining settings narrower</source>
        <translation>训练设置更窄(&amp;R)</translation>
    </message>
</context>
<context>
    <name>WeightRow</name>
    <message>
        <source>Images of the largest weights</source>
        <extracomment>Minimum and maximum size of a tile in px.</extracomment>
        <translation>权重最大的图像</translation>
    </message>
    <message>
        <source>{image}, weight {share}</source>
        <translation>{image}，权重 {share}</translation>
    </message>
</context>
<context>
    <name>WhiteLevelDialog</name>
    <message>
        <source>White level</source>
        <translation>白电平</translation>
    </message>
    <message>
        <source>The largest grey level of {title} leaves its scale open. Values from 0 to the white level are shown from black to white, larger ones as white. The data are read again, and the run begins anew.</source>
        <translation>从 {title} 的最大灰度值无法确定其量程。0 至白电平的值显示为黑至白，更大的值显示为白。数据将重新读入，训练重新开始。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The value that is shown as white, such as 255, or 4095 for 12 bits.</source>
        <translation>显示为白色的值，例如 255，12 位时为 4095。</translation>
    </message>
</context>
<context>
    <name>WhyBlurry</name>
    <message>
        <source>Not available: this model&apos;s codes are points without spread. No two images share a code that its decoder would have to answer with an average: its blur is the network&apos;s own.</source>
        <translation>不可用：此模型的编码是没有宽度的点。没有两幅图像共用一个编码而使解码器只能以平均作答：它的模糊来自网络自身。</translation>
    </message>
    <message>
        <source>Not available: this checkpoint was saved without σ; train a step.</source>
        <translation>不可用：此检查点保存时没有 σ；请训练一步。</translation>
    </message>
    <message>
        <source>Not available: needs the data set&apos;s images; choose the data set in the toolbar.</source>
        <translation>不可用：需要数据集的图像；请在工具栏中选择数据集。</translation>
    </message>
    <message>
        <source>Not available: the data&apos;s images have another size than the model&apos;s.</source>
        <translation>不可用：数据图像的尺寸与模型的不同。</translation>
    </message>
    <message>
        <source>Not available: no training image is on the map.</source>
        <translation>不可用：图上没有训练图像。</translation>
    </message>
    <message>
        <source>Not available: codes on the map, or at the cursor, are not finite.</source>
        <translation>不可用：图上或光标处的编码不是有限数。</translation>
    </message>
    <message>
        <source>{some} of {all}</source>
        <translation>{all} 中的 {some}</translation>
    </message>
    <message>
        <source>No image&apos;s posterior reaches this place: the decoder was not trained here, and the average is of those least far away.</source>
        <translation>没有图像的后验到达此处：解码器未在此训练，平均取自相距最近的图像。</translation>
    </message>
    <message>
        <source>One image has nearly all the weight here: nothing has to be averaged.</source>
        <translation>这里一幅图像几乎占全部权重：无需平均。</translation>
    </message>
    <message>
        <source>Most images have about the same weight: the code says next to nothing (collapse).</source>
        <translation>多数图像权重相近：编码几乎不含信息（坍缩）。</translation>
    </message>
    <message>
        <source>About {n} images share this code: the best answer is their average.</source>
        <translation>约 {n} 幅图像共用此编码：最好的答案是它们的平均。</translation>
    </message>
    <message>
        <source>The decoder answers nearly that.</source>
        <translation>解码器给出的几乎就是它。</translation>
    </message>
    <message>
        <source>That the decoded image differs is the network&apos;s own doing.</source>
        <translation>解码图像与之不同，是网络自身所致。</translation>
    </message>
    <message>
        <source>The decoded image differs from it, which is the network&apos;s own doing.</source>
        <translation>解码图像与之不同，是网络自身所致。</translation>
    </message>
</context>
<context>
    <name>WhyBlurryPanel</name>
    <message>
        <source>Why blurry: the average of the data at the cursor</source>
        <translation>为何模糊：光标处数据的平均</translation>
    </message>
    <message>
        <source>being averaged…</source>
        <translation>正在平均…</translation>
    </message>
    <message>
        <source>This pane has no model.</source>
        <translation>此窗格没有模型。</translation>
    </message>
</context>
<context>
    <name>_PaneAverage</name>
    <message>
        <source>The average of the data could not be made; see the details.</source>
        <extracomment>Interval of averages under a moving cursor, and during training (ms), and as a multiple of one&apos;s time.</extracomment>
        <translation>无法求数据的平均；见详情。</translation>
    </message>
</context>
<context>
    <name>_PaneHeat</name>
    <message>
        <source>The heat map could not be computed; see the details.</source>
        <extracomment>Approximate screen pixels between two points of the finest picture. Delay after a pan or zoom before computing (ms). Interval of pictures during training (ms), and their finest stride, as the next weights arrive soon.</extracomment>
        <translation>无法计算热图；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>_PaneMeter</name>
    <message>
        <source>The place under the cursor could not be measured; see the details.</source>
        <extracomment>Interval of measurements under a moving cursor (ms): numbers that change faster cannot be read. No multiple of 1/60 s, so that it falls between two frames and delays neither. During training weights change several times a second, and each needs new references. If places take longer than this (ms), they are measured in the thread from then on. For the thread, and for this one. Mean time per place over the last few.</extracomment>
        <translation>无法测量光标处；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>_PaneMosaic</name>
    <message>
        <source>The mosaic could not be decoded; see the details.</source>
        <extracomment>Delay after a zoom (ms) before tiles of the new size are decoded; a pan decodes its new edge immediately. Between two mosaics while training (ms), or so many times as long as one takes, whichever is longer.</extracomment>
        <translation>拼图无法解码；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>_PanePosterior</name>
    <message>
        <source>The true posterior could not be computed; see the details.</source>
        <extracomment>Interval of answers during training (ms), and as a multiple of one&apos;s time, whichever is longer.</extracomment>
        <translation>无法计算真实后验；见详情。</translation>
    </message>
</context>
<context>
    <name>_PanePosteriors</name>
    <message>
        <source>What posteriors cover could not be computed; see the details.</source>
        <extracomment>Delay after a pan or zoom before the union is computed (ms). Interval of answers during training (ms), and number of draws of the prior then, as new weights arrive soon.</extracomment>
        <translation>无法计算后验的覆盖范围；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>about</name>
    <message>
        <source>Free software under the MIT licence. Nothing you do here leaves this computer.</source>
        <extracomment>Packages whose versions are shown; read from package metadata, without importing them.</extracomment>
        <translation>采用 MIT 许可证的自由软件。您的一切操作都不离开本机。</translation>
    </message>
    <message>
        <source>About Latent Explorer</source>
        <translation>关于 Latent Explorer</translation>
    </message>
    <message>
        <source>See and feel the latent space of an autoencoder and a variational autoencoder, side by side.</source>
        <translation>并排观察、亲手感受自编码器与变分自编码器的潜空间。</translation>
    </message>
    <message>
        <source>Latent Explorer</source>
        <translation>Latent Explorer</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
</context>
<context>
    <name>decode</name>
    <message>
        <source>A picture could not be decoded; see the details.</source>
        <translation>有一幅图像无法解码；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Both panes</source>
        <translation>两个窗格</translation>
    </message>
    <message>
        <source>Maps, decoded images, the meaning of colours and captions in one picture</source>
        <translation>潜空间图、解码图像、颜色含义和说明，合为一图</translation>
    </message>
    <message>
        <source>The left latent map with its overlays, the meaning of colours and a caption</source>
        <translation>左侧潜空间图及其叠加层、颜色含义和说明</translation>
    </message>
    <message>
        <source>The right latent map with its overlays, the meaning of colours and a caption</source>
        <translation>右侧潜空间图及其叠加层、颜色含义和说明</translation>
    </message>
    <message>
        <source>Codes as a table</source>
        <translation>编码表</translation>
    </message>
    <message>
        <source>Losses as a table</source>
        <translation>损失表</translation>
    </message>
    <message>
        <source>Losses of every step, and evaluations, as numbers</source>
        <translation>每一步的损失和评估的数值</translation>
    </message>
    <message>
        <source>Left map</source>
        <translation>左图</translation>
    </message>
    <message>
        <source>Right map</source>
        <translation>右图</translation>
    </message>
    <message>
        <source>Film strips</source>
        <translation>胶片条</translation>
    </message>
    <message>
        <source>The interpolation of both models with their measures</source>
        <translation>两个模型的插值及其度量</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>The interpolation played through in both panes</source>
        <translation>两个窗格中插值的播放过程</translation>
    </message>
    <message>
        <source>Time machine</source>
        <translation>时间机器</translation>
    </message>
    <message>
        <source>About ten seconds through the run in both panes, its first steps as slowly as its last ones</source>
        <translation>约十秒浏览两个窗格中的训练过程，最初几步与最后几步同样慢</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>The sheets of samples of both models</source>
        <translation>两个模型的样本图</translation>
    </message>
    <message>
        <source>Traversals</source>
        <translation>遍历</translation>
    </message>
    <message>
        <source>The traversals that are on the screen, of both models</source>
        <translation>屏幕上显示的两个模型的遍历</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>The direction applied step by step, or A − B + C if that is on show</source>
        <translation>逐步应用的方向；显示 A − B + C 时则为后者</translation>
    </message>
    <message>
        <source>The code of every image on the maps</source>
        <translation>图上每幅图像的编码</translation>
    </message>
    <message>
        <source>change per frame (RMS, grey levels 0–1); upper line:</source>
        <translation>每帧变化（RMS，灰度值 0–1）；上线：</translation>
    </message>
    <message>
        <source>z{dimension}: {low} to {high}</source>
        <translation>z{dimension}：{low} 至 {high}</translation>
    </message>
    <message>
        <source>traversals through the picked image&apos;s code</source>
        <translation>经过所选图像编码的遍历</translation>
    </message>
    <message>
        <source>traversals through the code at the cursor</source>
        <translation>经过光标处编码的遍历</translation>
    </message>
    <message>
        <source>nearest</source>
        <translation>最近图像</translation>
    </message>
    <message>
        <source>frame {frame} of {count}</source>
        <translation>第 {frame} / {count} 帧</translation>
    </message>
    <message>
        <source>bilinear grid of four images</source>
        <translation>四幅图像的双线性网格</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>decoded at the cursor</source>
        <translation>光标处的解码</translation>
    </message>
    <message>
        <source>a draw at the cursor</source>
        <extracomment>Room for the decoded image, in pixels. Number of lines of the caption; fixed, because all frames of an animation have the same height.</extracomment>
        <translation>光标处的一次抽样</translation>
    </message>
    <message>
        <source>original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>of the mean</source>
        <translation>均值之差</translation>
    </message>
    <message>
        <source>MSE per pixel {0}</source>
        <translation>每像素 MSE {0}</translation>
    </message>
    <message>
        <source>nearest image {0}</source>
        <translation>最近图像 {0}</translation>
    </message>
    <message>
        <source>distance {0}</source>
        <translation>距离 {0}</translation>
    </message>
    <message>
        <source>solid: training</source>
        <translation>实线：训练</translation>
    </message>
    <message>
        <source>solid: training, mean over {0} steps</source>
        <translation>实线：训练，{0} 步平均</translation>
    </message>
    <message>
        <source>dotted: former run</source>
        <translation>点线：先前的训练</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>dashed: held-out, at β = 1</source>
        <translation>虚线：留出，β = 1</translation>
    </message>
    <message>
        <source>dashed: held-out</source>
        <translation>虚线：留出</translation>
    </message>
    <message>
        <source>step {0}</source>
        <extracomment>Separator of the parts of a caption.</extracomment>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>left {0}</source>
        <translation>左 {0}</translation>
    </message>
    <message>
        <source>right {0}</source>
        <translation>右 {0}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>grey: not known</source>
        <extracomment>Maximum number of names in a legend, and maximum width of one in px. Width of a ramp, and minimum width of the name before it.</extracomment>
        <translation>灰色：未知</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>另有 {0} 个</translation>
    </message>
    <message>
        <source>training images</source>
        <translation>训练图像</translation>
    </message>
    <message>
        <source>held-out images</source>
        <translation>留出图像</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>KL of {model}, nats per image</source>
        <translation>{model} 的 KL 散度，nats/图像</translation>
    </message>
    <message>
        <source>reconstruction loss of {model}, nats per image</source>
        <translation>{model} 的重构损失，nats/图像</translation>
    </message>
    <message>
        <source> (step {0})</source>
        <translation>（第 {0} 步）</translation>
    </message>
    <message>
        <source>Pictures of both panes</source>
        <translation>两个窗格的图像</translation>
    </message>
    <message>
        <source>Original, decoded image and their difference, as they are at the cursors</source>
        <translation>光标处的原图、解码图像及其差异</translation>
    </message>
    <message>
        <source>decoded</source>
        <translation>解码图像</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>decoded: a draw</source>
        <translation>解码：一次抽样</translation>
    </message>
    <message>
        <source>difference of the mean</source>
        <translation>均值之差</translation>
    </message>
    <message>
        <source>image {0}</source>
        <translation>图像 {0}</translation>
    </message>
    <message>
        <source>Loss curves</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>The loss that is chosen in the panel, over the steps in view there</source>
        <translation>面板中选定的损失，范围为其中可见的步</translation>
    </message>
    <message>
        <source>training images of the last step</source>
        <translation>最后一步的训练图像</translation>
    </message>
    <message>
        <source>training images, step {0}</source>
        <translation>训练图像，第 {0} 步</translation>
    </message>
    <message>
        <source>held-out images, step {0}</source>
        <translation>留出图像，第 {0} 步</translation>
    </message>
    <message>
        <source>KL per dimension</source>
        <translation>各维度的 KL 散度</translation>
    </message>
    <message>
        <source>A lamp and a number for each latent dimension of models with a posterior</source>
        <translation>有后验的模型的每个潜变量维度一盏灯和一个数</translation>
    </message>
    <message>
        <source>KL per dimension in nats; {0} in all</source>
        <translation>各维度的 KL 散度（nats）；共 {0}</translation>
    </message>
    <message>
        <source>Side-by-side table</source>
        <translation>并排对比表</translation>
    </message>
    <message>
        <source>The held-out figures of the models in the panes</source>
        <translation>窗格中模型的留出数值</translation>
    </message>
    <message>
        <source>Drawing of the models</source>
        <translation>模型示意图</translation>
    </message>
    <message>
        <source>One image&apos;s way through both models, with the values of every part</source>
        <translation>一幅图像经过两个模型的过程，含各部分的数值</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Every measure of the models, side by side, with pictures</source>
        <translation>并列给出各模型的全部指标，附图片</translation>
    </message>
    <message>
        <source>difference: green where the decoded image is brighter, magenta where it is darker, black where equal</source>
        <extracomment>Size of a lamp with name and value, and number of lamps from which these are left out. Width of a table&apos;s cells. The name takes the rest. Side of a picture, and gap between two.</extracomment>
        <translation>差异：解码图像较亮处为绿色，较暗处为品红色，相同处为黑色</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>n/a</source>
        <extracomment>As wide as a plus sign, which a hyphen is not.</extracomment>
        <translation>不适用</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>Choose a folder of images</source>
        <translation>选择图像文件夹</translation>
    </message>
    <message>
        <source>Choose the folder for data sets</source>
        <translation>选择存放数据集的文件夹</translation>
    </message>
    <message>
        <source>Choose where a new folder with the images is to be made</source>
        <translation>选择在何处新建存放图像的文件夹</translation>
    </message>
    <message>
        <source>Choose a table of labels</source>
        <translation>选择标签表格</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表格 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>Choose an array file</source>
        <translation>选择数组文件</translation>
    </message>
    <message>
        <source>Arrays (*.npy *.npz)</source>
        <translation>数组 (*.npy *.npz)</translation>
    </message>
    <message>
        <source>Choose an image</source>
        <translation>选择图像</translation>
    </message>
    <message>
        <source>Open a checkpoint or session (its folder)</source>
        <translation>打开检查点或会话（选择其文件夹）</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG 图形 (*.svg)</translation>
    </message>
    <message>
        <source>GIF animation (*.gif)</source>
        <translation>GIF 动画 (*.gif)</translation>
    </message>
    <message>
        <source>MP4 video (*.mp4)</source>
        <translation>MP4 视频 (*.mp4)</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>NumPy arrays (*.npz)</source>
        <translation>NumPy 数组 (*.npz)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Save as a picture</source>
        <translation>存为图片</translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation>图像 ({patterns})</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
</context>
<context>
    <name>folder_survey</name>
    <message>
        <source>not a folder</source>
        <extracomment>Time limit in seconds; the rest of the folder is then not counted. Maximum number of files that are opened to count their pages: a single file may be a stack of pages.</extracomment>
        <translation>不是文件夹</translation>
    </message>
</context>
<context>
    <name>logs</name>
    <message>
        <source>Something went wrong in {where} ({kind}); your work is untouched.</source>
        <translation>{where} 中发生错误（{kind}）；您的工作未受影响。</translation>
    </message>
    <message>
        <source>Something went wrong ({kind}); your work is untouched.</source>
        <translation>发生错误（{kind}）；您的工作未受影响。</translation>
    </message>
</context>
<context>
    <name>pair_difference</name>
    <message>
        <source>sampling + β KL</source>
        <translation>抽样 + β KL</translation>
    </message>
    <message>
        <source>model family</source>
        <translation>模型族</translation>
    </message>
    <message>
        <source>The models do not differ: same batches, same initial weights.</source>
        <translation>各模型没有差别：批次相同，初始权重相同。</translation>
    </message>
    <message>
        <source>how long they were trained ({steps} steps)</source>
        <translation>训练时长（{steps} 步）</translation>
    </message>
    <message>
        <source>The models differ only in: {what}.</source>
        <translation>各模型仅有的差别：{what}。</translation>
    </message>
    <message>
        <source>The models differ in: {what}.</source>
        <translation>各模型的差别：{what}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>KL warm-up</source>
        <translation>KL 预热</translation>
    </message>
    <message>
        <source>binarisation of the images</source>
        <translation>图像的二值化方式</translation>
    </message>
</context>
<context>
    <name>questions</name>
    <message>
        <source>Training is going on</source>
        <translation>训练正在进行</translation>
    </message>
    <message>
        <source>The run is still training, at step {step}.</source>
        <translation>训练仍在进行，当前第 {step} 步。</translation>
    </message>
    <message>
        <source>What should become of the run?</source>
        <translation>要如何处理此次训练？</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>停止并保存</translation>
    </message>
    <message>
        <source>Stop without saving</source>
        <translation>停止且不保存</translation>
    </message>
    <message>
        <source>Keep training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>The run is not saved</source>
        <translation>训练尚未保存</translation>
    </message>
    <message>
        <source>The run at step {step} has not been saved.</source>
        <translation>已到第 {step} 步的训练尚未保存。</translation>
    </message>
    <message>
        <source>Save it before closing?</source>
        <translation>关闭前是否保存？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>关闭且不保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Files are being saved</source>
        <translation>正在保存文件</translation>
    </message>
    <message>
        <source>One file is not saved yet.</source>
        <translation>还有一个文件尚未保存完。</translation>
    </message>
    <message>
        <source>{files} files are not saved yet.</source>
        <translation>还有 {files} 个文件尚未保存完。</translation>
    </message>
    <message>
        <source>What is being saved is lost if the window closes now.</source>
        <translation>如果现在关闭窗口，尚未保存完的内容会丢失。</translation>
    </message>
    <message>
        <source>Close when saved</source>
        <translation>保存完后关闭</translation>
    </message>
</context>
<context>
    <name>shortcuts</name>
    <message>
        <source>Latent map</source>
        <translation>潜空间图</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Move the cursor; the decoded image follows</source>
        <translation>移动光标，解码图像随之变化</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Move the cursor</source>
        <translation>移动光标</translation>
    </message>
    <message>
        <source>Shift + arrows</source>
        <translation>Shift + 方向键</translation>
    </message>
    <message>
        <source>Ten times as far</source>
        <translation>移动十倍距离</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Cursor to the origin</source>
        <translation>光标回到原点</translation>
    </message>
    <message>
        <source>Click, Enter</source>
        <translation>点击、回车</translation>
    </message>
    <message>
        <source>Pick the nearest image; hidden dimensions are held at it</source>
        <translation>选择最近的图像；隐藏的维度固定为其编码</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Let go of the picked image</source>
        <translation>取消选择图像</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>Zoom at the centre</source>
        <translation>以中心缩放</translation>
    </message>
    <message>
        <source>Right drag, Space + drag</source>
        <translation>右键拖动、空格 + 拖动</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>移动视图</translation>
    </message>
    <message>
        <source>Ctrl + arrows</source>
        <translation>Ctrl + 方向键</translation>
    </message>
    <message>
        <source>Move the view; with Shift ten times as far</source>
        <translation>移动视图；加 Shift 移动十倍</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>显示全部点</translation>
    </message>
    <message>
        <source>Right click, Menu key, Shift + F10</source>
        <translation>右击、菜单键、Shift + F10</translation>
    </message>
    <message>
        <source>Zoom, copy or save the map</source>
        <translation>缩放、复制或保存潜空间图</translation>
    </message>
    <message>
        <source>A, B</source>
        <translation>A、B</translation>
    </message>
    <message>
        <source>Ends of the interpolation: the image under the pointer, or the place</source>
        <translation>插值的两端：指针处的图像或位置</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>A further stop of the interpolation</source>
        <translation>插值的更多路径点</translation>
    </message>
    <message>
        <source>A, B, C</source>
        <translation>A、B、C</translation>
    </message>
    <message>
        <source>The images of A − B + C, while the panel shows it</source>
        <translation>A − B + C 的三幅图像（面板显示它时）</translation>
    </message>
    <message>
        <source>Insert, Delete</source>
        <translation>Insert、Delete</translation>
    </message>
    <message>
        <source>Put an image into the chosen group of Directions, take it out</source>
        <translation>将图像加入“方向”中所选的组、移出</translation>
    </message>
    <message>
        <source>Lasso, while Directions is open: draw round images for that group; with Shift take them out</source>
        <translation>“方向”打开时的套索：圈出图像放入该组；按住 Shift 则移出</translation>
    </message>
    <message>
        <source>Tools and panels</source>
        <translation>工具与面板</translation>
    </message>
    <message>
        <source>Tab, Shift + Tab</source>
        <translation>Tab、Shift + Tab</translation>
    </message>
    <message>
        <source>To the next control, to the one before</source>
        <translation>到下一个控件、上一个控件</translation>
    </message>
    <message>
        <source>Space, Enter on a button</source>
        <translation>按钮上的空格、回车</translation>
    </message>
    <message>
        <source>Press it</source>
        <translation>按下它</translation>
    </message>
    <message>
        <source>Arrows on a film strip or slider</source>
        <translation>胶片条或滑块上的方向键</translation>
    </message>
    <message>
        <source>One frame, step or moment on or back</source>
        <translation>前进或后退一帧、一格或一个时刻</translation>
    </message>
    <message>
        <source>Arrows and Enter on samples</source>
        <translation>样本上的方向键与回车</translation>
    </message>
    <message>
        <source>From sample to sample; the cursor goes there</source>
        <translation>逐个选择样本；光标移到该处</translation>
    </message>
    <message>
        <source>Arrows on traversals</source>
        <translation>遍历上的方向键</translation>
    </message>
    <message>
        <source>Change the dimension; up and down to the next one. Home: to the mean</source>
        <translation>改变该维度；上下键到相邻维度。Home 键回到均值</translation>
    </message>
    <message>
        <source>Arrows and Space on the pad</source>
        <translation>画板上的方向键与空格</translation>
    </message>
    <message>
        <source>Move the pen; put it down and lift it. Delete takes back a stroke</source>
        <translation>移动画笔；落笔与提笔。Delete 撤回一笔</translation>
    </message>
    <message>
        <source>Space, Enter on a class</source>
        <translation>类别上的空格、回车</translation>
    </message>
    <message>
        <source>Hide or show it; show it alone</source>
        <translation>隐藏或显示该类；只显示该类</translation>
    </message>
    <message>
        <source>Arrows on the loss curves</source>
        <translation>损失曲线上的方向键</translation>
    </message>
    <message>
        <source>Read their values. + and − zoom, Home shows all</source>
        <translation>读取数值。+ 和 − 缩放，Home 键显示全部</translation>
    </message>
    <message>
        <source>β and numbers</source>
        <translation>β 与数值</translation>
    </message>
    <message>
        <source>β by a twentieth of a decade</source>
        <translation>β 改变二十分之一个数量级</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Page Up、Page Down</translation>
    </message>
    <message>
        <source>β to the next labelled number</source>
        <translation>β 到下一个标注值</translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation>Home、End</translation>
    </message>
    <message>
        <source>β to 0, to 100</source>
        <translation>β 到 0、到 100</translation>
    </message>
    <message>
        <source>Enter, Esc</source>
        <translation>Enter、Esc</translation>
    </message>
    <message>
        <source>Take a typed number, give it up</source>
        <translation>确认输入的数值、放弃输入</translation>
    </message>
    <message>
        <source>Arrows and Enter on the drawing of the model</source>
        <translation>模型示意图上的方向键与回车</translation>
    </message>
    <message>
        <source>From part to part, each says what it is; the cursor goes to a code</source>
        <translation>在各部分间移动并显示其说明；光标移到编码处</translation>
    </message>
    <message>
        <source>Arrows and Enter on neighbours</source>
        <translation>近邻上的方向键和回车键</translation>
    </message>
    <message>
        <source>From picture to picture, lit up on both maps; pick it</source>
        <translation>逐幅移动并在两幅图上点亮；选取它</translation>
    </message>
    <message>
        <source>Lasso: draw round images to select them; with Ctrl add them, with Shift take them out</source>
        <translation>套索：圈出图像以选择它们；按住 Ctrl 添加，按住 Shift 移出</translation>
    </message>
    <message>
        <source>Space, Backspace, Enter</source>
        <translation>空格、退格、回车</translation>
    </message>
    <message>
        <source>Lasso by keyboard: set a corner at the cursor, take it back, take the images inside</source>
        <translation>用键盘套索：在光标处设角点、撤回角点、选取其中的图像</translation>
    </message>
    <message>
        <source>Arrows and Enter on the contact sheet</source>
        <translation>在缩略图表上按方向键和回车键</translation>
    </message>
    <message>
        <source>Move among the images; pick one, which moves both cursors to it</source>
        <translation>在图像间移动；选取一幅，两个光标随即移到它上面</translation>
    </message>
    <message>
        <source>Arrows and Enter on the images of an average</source>
        <translation>在平均所用的图像上按方向键和回车</translation>
    </message>
</context>
<context>
    <name>skipped_files</name>
    <message>
        <source>Files left out</source>
        <translation>未读入的文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>{count} file was left out of {title}; all others are there.</source>
        <translation>{title} 中有 {count} 个文件未读入；其余均已读入。</translation>
    </message>
    <message>
        <source>{count} files were left out of {title}; all others are there.</source>
        <translation>{title} 中有 {count} 个文件未读入；其余均已读入。</translation>
    </message>
    <message>
        <source>How {title} was read</source>
        <translation>{title} 的读入方式</translation>
    </message>
</context>
<context>
    <name>trainer</name>
    <message>
        <source>Autoencoder</source>
        <translation>自编码器</translation>
    </message>
    <message>
        <source>Variational autoencoder</source>
        <translation>变分自编码器</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Handwritten digits (8 x 8)</source>
        <translation>手写数字（8 × 8）</translation>
    </message>
    <message>
        <source>Moons</source>
        <translation>月亮</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>正在编码</translation>
    </message>
    <message>
        <source>Reading images</source>
        <translation>正在读入图像</translation>
    </message>
    <message>
        <source>Looking at images</source>
        <translation>正在检查图像</translation>
    </message>
    <message>
        <source>Looking for images</source>
        <translation>正在查找图像</translation>
    </message>
    <message>
        <source>Rendering moons</source>
        <translation>正在绘制月亮</translation>
    </message>
    <message>
        <source>Fitting the mixture</source>
        <translation>正在拟合混合模型</translation>
    </message>
    <message>
        <source>Choosing the bandwidth</source>
        <translation>正在选择带宽</translation>
    </message>
    <message>
        <source>Decoding samples</source>
        <translation>正在解码样本</translation>
    </message>
    <message>
        <source>Reconstructing images</source>
        <translation>正在重构图像</translation>
    </message>
    <message>
        <source>Comparing pictures</source>
        <translation>正在比较图像</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>images</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>codes</source>
        <translation>个编码</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>次迭代</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>moments</source>
        <translation>个时刻</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在读入 {name}</translation>
    </message>
    <message>
        <source>Downloading {name}</source>
        <translation>正在下载 {name}</translation>
    </message>
    <message>
        <source>All codes are the same one, so {what} has no spread to be fitted to.</source>
        <translation>所有编码相同，{what}无从拟合散布。</translation>
    </message>
    <message>
        <source>The codes lie in fewer dimensions than they have; fit a kernel density.</source>
        <translation>编码实际所占的维度少于其维数；请改用核密度。</translation>
    </message>
    <message>
        <source>A Gaussian</source>
        <translation>高斯分布</translation>
    </message>
    <message>
        <source>a Gaussian</source>
        <translation>高斯分布</translation>
    </message>
    <message>
        <source>A kernel density</source>
        <translation>核密度</translation>
    </message>
    <message>
        <source>a kernel density</source>
        <translation>核密度</translation>
    </message>
    <message>
        <source>Compared in the last hidden layer (64 units) of a small fixed classifier of handwritten digits (MLP 784-256-64-10, trained on MNIST); pictures of another size are first resized to 28 × 28.</source>
        <translation>在一个固定的小型手写数字分类器（MLP 784-256-64-10，在 MNIST 上训练）的最后隐藏层（64 个单元）中比较；其他尺寸的图像先缩放到 28 × 28。</translation>
    </message>
    <message>
        <source>Compared in 64 features from means and spreads of the activations of a convolutional network with fixed random weights, at 32 × 32: no classifier that would suit every set of colour pictures ships with the program, and random features do not favour the classes of one (Naeem et al. 2020).</source>
        <translation>用 64 个特征比较：固定随机权重的卷积网络在 32 × 32 下各激活的均值与散布。程序未附带适合所有彩色图像的分类器，而随机特征不偏向任何数据集的类别（Naeem 等，2020）。</translation>
    </message>
    <message>
        <source>it has no pixels</source>
        <translation>没有像素</translation>
    </message>
    <message>
        <source>it declares far too many pixels</source>
        <translation>声明的像素过多</translation>
    </message>
    <message>
        <source>not a picture in a format that is read here</source>
        <translation>不是可读入格式的图像</translation>
    </message>
    <message>
        <source>{suffix} is not a format that is read here</source>
        <translation>不支持 {suffix} 格式</translation>
    </message>
    <message>
        <source>not a file, or a link that leads nowhere</source>
        <translation>不是文件，或是失效的链接</translation>
    </message>
    <message>
        <source>it vanished</source>
        <translation>文件已消失</translation>
    </message>
    <message>
        <source>it may not be read</source>
        <translation>没有读取权限</translation>
    </message>
    <message>
        <source>too large for the memory</source>
        <translation>内存不足以读入</translation>
    </message>
    <message>
        <source>damaged or cut short</source>
        <translation>已损坏或不完整</translation>
    </message>
    <message>
        <source>floating-point values outside 0 to 1</source>
        <translation>浮点值超出 0 至 1</translation>
    </message>
    <message>
        <source>the codes of model {number} are missing or of the wrong shape</source>
        <translation>模型 {number} 的编码缺失或形状不对</translation>
    </message>
    <message>
        <source>the connection ended early</source>
        <translation>连接过早中断</translation>
    </message>
    <message>
        <source>the optimiser&apos;s tensors are far larger than the weights</source>
        <translation>优化器的张量远大于权重</translation>
    </message>
    <message>
        <source>the server answered {code} ({reason})</source>
        <translation>服务器答复 {code}（{reason}）</translation>
    </message>
    <message>
        <source>the server did not answer in time</source>
        <translation>服务器未及时答复</translation>
    </message>
    <message>
        <source>the shape of the tensor {shown} does not match its bytes</source>
        <translation>张量 {shown} 的形状与其字节数不符</translation>
    </message>
    <message>
        <source>the tensor {name} does not belong there</source>
        <translation>张量 {name} 不应出现在此处</translation>
    </message>
    <message>
        <source>the tensor {name} has shape {shape} instead of {wanted}</source>
        <translation>张量 {name} 的形状为 {shape}，而应为 {wanted}</translation>
    </message>
    <message>
        <source>the tensor {name} is missing</source>
        <translation>缺少张量 {name}</translation>
    </message>
    <message>
        <source>the tensor {name} is no state of a random generator</source>
        <translation>张量 {name} 不是随机数生成器的状态</translation>
    </message>
    <message>
        <source>the tensor {shown} has an impossible shape</source>
        <translation>张量 {shown} 的形状不可能</translation>
    </message>
    <message>
        <source>the tensor {shown} has an unknown type</source>
        <translation>张量 {shown} 的类型未知</translation>
    </message>
    <message>
        <source>the tensor {shown} is not described</source>
        <translation>张量 {shown} 没有描述</translation>
    </message>
    <message>
        <source>the values of {name} overlap others or leave a gap</source>
        <translation>{name} 的数值与其他数值重叠或留有空隙</translation>
    </message>
    <message>
        <source>the weights of model {number} are missing</source>
        <translation>缺少模型 {number} 的权重</translation>
    </message>
    <message>
        <source>the weights of model {number} are not 32-bit floats</source>
        <translation>模型 {number} 的权重不是 32 位浮点数</translation>
    </message>
    <message>
        <source>their rows are not in order or not those of the images</source>
        <translation>其行号未按顺序，或不是这些图像的行号</translation>
    </message>
    <message>
        <source>there are labels without a name</source>
        <translation>有些标签没有名称</translation>
    </message>
    <message>
        <source>there are more codes than images</source>
        <translation>编码多于图像</translation>
    </message>
    <message>
        <source>there is an unknown tensor {name}</source>
        <translation>有未知的张量 {name}</translation>
    </message>
    <message>
        <source>there is no connection to its server ({reason})</source>
        <translation>无法连接其服务器（{reason}）</translation>
    </message>
    <message>
        <source>there is no server to ask</source>
        <translation>没有可请求的服务器</translation>
    </message>
    <message>
        <source>values beyond 16 bits</source>
        <translation>数值超出 16 位</translation>
    </message>
    <message>
        <source>values that are not finite</source>
        <translation>数值非有限</translation>
    </message>
    <message>
        <source>values below 0</source>
        <translation>数值小于 0</translation>
    </message>
    <message>
        <source>it cannot be read ({reason})</source>
        <translation>无法读取（{reason}）</translation>
    </message>
    <message>
        <source>the folder cannot be read ({reason})</source>
        <translation>无法读取该文件夹（{reason}）</translation>
    </message>
    <message>
        <source>it lies beside the folders for training and testing</source>
        <translation>位于训练和测试文件夹之外</translation>
    </message>
    <message>
        <source>There is no folder to train on beside {folders}, so a random part of their images is held out.</source>
        <translation>除 {folders} 外没有用于训练的文件夹，因此从其图像中随机留出一部分。</translation>
    </message>
    <message>
        <source>There is no folder to test on beside {folders}, so a random part of their images is held out.</source>
        <translation>除 {folders} 外没有用于测试的文件夹，因此从其图像中随机留出一部分。</translation>
    </message>
    <message>
        <source>Of the folders {train} and {held} only some hold images that can be used, so a random part is held out.</source>
        <translation>文件夹 {train} 与 {held} 中只有一部分含有可用图像，因此随机留出一部分。</translation>
    </message>
    <message>
        <source>The images are bright where they show anything, so what is transparent is black.</source>
        <translation>图像的内容为亮色，因此透明处按黑色处理。</translation>
    </message>
    <message>
        <source>{title} is read from {place}.</source>
        <translation>{title} 从 {place} 读入。</translation>
    </message>
    <message>
        <source>The files in {place} are taken for {title}, as nothing says whose they are.</source>
        <translation>{place} 中的文件未注明所属，视为 {title}。</translation>
    </message>
    <message>
        <source>{path} declares {declared} values, which its {size:,} bytes do not hold; delete it and download it again.</source>
        <translation>{path} 声明有 {declared} 个数值，而其 {size:,} 字节容纳不下；请删除后重新下载。</translation>
    </message>
    <message>
        <source>{path} does not hold what its checkpoint describes: {wrong}; open another checkpoint.</source>
        <translation>{path} 的内容与检查点的描述不符：{wrong}；请打开其他检查点。</translation>
    </message>
    <message>
        <source>{path} ends within its header; delete it and download it again.</source>
        <translation>{path} 在文件头处就已结束；请删除后重新下载。</translation>
    </message>
    <message>
        <source>{path} has no array called images (it has {names}); save the images under that name.</source>
        <translation>{path} 中没有名为 images 的数组（其中有 {names}）；请以该名称保存图像。</translation>
    </message>
    <message>
        <source>{path} holds codes that cannot be used: {wrong}; open another checkpoint.</source>
        <translation>{path} 中的编码无法使用：{wrong}；请打开其他检查点。</translation>
    </message>
    <message>
        <source>{path} holds images of {height} x {width} pixels, not those of {title}; delete it and download it again.</source>
        <translation>{path} 含有 {height} x {width} 像素的图像，不是 {title} 的图像；请删除后重新下载。</translation>
    </message>
    <message>
        <source>{path} holds values of {name} that are not finite; open another checkpoint.</source>
        <translation>{path} 中 {name} 的值不是有限的；请打开其他检查点。</translation>
    </message>
    <message>
        <source>{path} holds {count:,} arrays; save all images as one, such as numpy.stack(images).</source>
        <translation>{path} 含有 {count:,} 个数组；请将所有图像存为一个数组，例如 numpy.stack(images)。</translation>
    </message>
    <message>
        <source>{path} holds {have}; at least two are needed (left out: {file} and {count:,} more: {reason}).</source>
        <translation>{path} 中{have}；至少需要两幅（未读入：{file} 及另外 {count:,} 个：{reason}）。</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder of images; choose the folder that it lies in.</source>
        <translation>{path} 是文件，不是图像文件夹；请选择它所在的文件夹。</translation>
    </message>
    <message>
        <source>{path} is a folder, not an array; choose a .npy or .npz file.</source>
        <translation>{path} 是文件夹，不是数组；请选择 .npy 或 .npz 文件。</translation>
    </message>
    <message>
        <source>{path} is cut short; delete it and download it again.</source>
        <translation>{path} 已截断；请删除后重新下载。</translation>
    </message>
    <message>
        <source>{path} is damaged ({reason}); delete it and download it again.</source>
        <translation>{path} 已损坏（{reason}）；请删除后重新下载。</translation>
    </message>
    <message>
        <source>{path} is longer than it declares; delete it and download it again.</source>
        <translation>{path} 比其声明的更长；请删除后重新下载。</translation>
    </message>
    <message>
        <source>{path} is missing; copy it beside its {file}, or open another checkpoint.</source>
        <translation>缺少 {path}；请把它复制到 {file} 旁边，或打开其他检查点。</translation>
    </message>
    <message>
        <source>{path} is not a moment of this run.</source>
        <translation>{path} 不是此次训练的时刻。</translation>
    </message>
    <message>
        <source>{path} is not an IDX file of {dimensions} dimensions; delete it and download it again.</source>
        <translation>{path} 不是 {dimensions} 维的 IDX 文件；请删除后重新下载。</translation>
    </message>
    <message>
        <source>{path} is not safe to open: it names {name}, a file outside its folder or none that a checkpoint has.</source>
        <translation>打开 {path} 不安全：它指向 {name}，该文件在其文件夹之外，或不是检查点应有的文件。</translation>
    </message>
    <message>
        <source>{path} is not the original file of {title}; delete it and download it again.</source>
        <translation>{path} 不是 {title} 的原始文件；请删除后重新下载。</translation>
    </message>
    <message>
        <source>{path} labels {labels:,} images but {images} holds {count:,}; delete both and download them again.</source>
        <translation>{path} 为 {labels:,} 幅图像提供标签，而 {images} 含有 {count:,} 幅；请删除两者后重新下载。</translation>
    </message>
    <message>
        <source>{path} needs {needed} of memory and only {free} are free; close other programs or open another checkpoint.</source>
        <translation>{path} 需要 {needed} 内存，而可用的只有 {free}；请关闭其他程序或打开其他检查点。</translation>
    </message>
    <message>
        <source>{program} could not make the MP4 ({reason}); save a GIF instead.</source>
        <translation>{program} 未能生成 MP4（{reason}）；请改存为 GIF。</translation>
    </message>
    <message>
        <source>{program} could not make the MP4; save a GIF instead.</source>
        <translation>{program} 未能生成 MP4；请改存为 GIF。</translation>
    </message>
    <message>
        <source>{program} does not run ({reason}), so there is no MP4; save a GIF.</source>
        <translation>{program} 无法运行（{reason}），因此没有 MP4；请存为 GIF。</translation>
    </message>
    <message>
        <source>{program} has no encoder whose films browsers play (such as libx264); install a fuller one, or save a GIF.</source>
        <translation>{program} 没有浏览器能播放的编码器（如 libx264）；请安装更完整的版本，或存为 GIF。</translation>
    </message>
    <message>
        <source>{program} was not found, so there is no MP4; install it, or save a GIF.</source>
        <translation>未找到 {program}，因此没有 MP4；请安装它，或存为 GIF。</translation>
    </message>
    <message>
        <source>{reason} The run can be looked at but not trained on.</source>
        <translation>{reason}此次训练可以查看，但不能继续。</translation>
    </message>
    <message>
        <source>{reason}; choose another folder</source>
        <translation>{reason}；请另选文件夹</translation>
    </message>
    <message>
        <source>{rows} training rows cannot be had from {count} images.</source>
        <translation>{count} 幅图像无法提供 {rows} 行训练数据。</translation>
    </message>
    <message>
        <source>{title} could not be kept in {folder} ({reason}); make room or choose another data folder.</source>
        <translation>无法把 {title} 保存在 {folder}（{reason}）；请腾出空间或另选数据文件夹。</translation>
    </message>
    <message>
        <source>{title} in {folder} has labels that it cannot have; download it again.</source>
        <translation>{folder} 中的 {title} 含有不可能的标签；请重新下载。</translation>
    </message>
    <message>
        <source>{title} in {folder} is incomplete ({path} is missing); download it ({size}) or choose another data folder.</source>
        <translation>{folder} 中的 {title} 不完整（缺少 {path}）；请下载（{size}）或另选数据文件夹。</translation>
    </message>
    <message>
        <source>{title} in {folder} is not as it should be; download it again.</source>
        <translation>{folder} 中的 {title} 与应有的不符；请重新下载。</translation>
    </message>
    <message>
        <source>{title} is not in {folder} ({path} is missing); download it ({size}) or choose another data folder.</source>
        <translation>{folder} 中没有 {title}（缺少 {path}）；请下载（{size}）或另选数据文件夹。</translation>
    </message>
    <message>
        <source>{path} holds {have}; at least two are needed (left out: {file}: {reason}).</source>
        <translation>{path} 中{have}；至少需要两幅（未读入：{file}：{reason}）。</translation>
    </message>
    <message>
        <source>{path} holds {have}; at least two are needed.</source>
        <translation>{path} 中{have}；至少需要两幅。</translation>
    </message>
    <message>
        <source>no image that can be used</source>
        <translation>没有可用的图像</translation>
    </message>
    <message>
        <source>only one image that can be used</source>
        <translation>只有一幅可用的图像</translation>
    </message>
    <message>
        <source>cross-entropy on grey levels (no likelihood)</source>
        <translation>灰度值的交叉熵（不是似然）</translation>
    </message>
    <message>
        <source>Gaussian, learned σ²</source>
        <translation>高斯，σ² 由学习得到</translation>
    </message>
    <message>
        <source>Gaussian, σ² a pixel</source>
        <translation>高斯，逐像素 σ²</translation>
    </message>
    <message>
        <source>dynamic binarisation</source>
        <translation>动态二值化</translation>
    </message>
    <message>
        <source>binary images</source>
        <translation>二值图像</translation>
    </message>
    <message>
        <source>This failed because of a fault in the program; see the details.</source>
        <translation>由于程序故障未能完成；请查看详细信息。</translation>
    </message>
    <message>
        <source>Training failed because of a fault in the program; see the details.</source>
        <translation>由于程序故障，训练失败；请查看详细信息。</translation>
    </message>
    <message>
        <source>The memory did not suffice; close other programs, or choose fewer images or a smaller model.</source>
        <translation>内存不足；请关闭其他程序，或选择较少的图像或较小的模型。</translation>
    </message>
    <message>
        <source>The disk is full ({place}); free some space and try again.</source>
        <translation>磁盘已满（{place}）；请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The disk is full; free some space and try again.</source>
        <translation>磁盘已满；请腾出空间后重试。</translation>
    </message>
    <message>
        <source>Automatic saving does not work, training goes on. {reason}</source>
        <translation>自动保存失败，训练继续进行。{reason}</translation>
    </message>
    <message>
        <source>A convolutional network needs at least one layer.</source>
        <translation>卷积网络至少需要一层。</translation>
    </message>
    <message>
        <source>A data set needs a name.</source>
        <translation>数据集需要名称。</translation>
    </message>
    <message>
        <source>A family has at most {most} loss terms and as many knobs.</source>
        <translation>一个模型族最多有 {most} 个损失项和同样多的可调参数。</translation>
    </message>
    <message>
        <source>A family of that name is registered already.</source>
        <translation>已注册了同名的模型族。</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>某个文件</translation>
    </message>
    <message>
        <source>A file of labels needs a name.</source>
        <translation>标签文件需要名称。</translation>
    </message>
    <message>
        <source>A map&apos;s axes are not of length one and at right angles.</source>
        <translation>某幅图的坐标轴不是相互垂直的单位向量。</translation>
    </message>
    <message>
        <source>A map&apos;s axes are not of length one.</source>
        <translation>某幅图的坐标轴长度不为 1。</translation>
    </message>
    <message>
        <source>A map&apos;s axes explain no such share of the variance.</source>
        <translation>某幅图的坐标轴所解释的方差比例不可能如此。</translation>
    </message>
    <message>
        <source>A map&apos;s plane has the wrong size.</source>
        <translation>某幅图的平面维度不对。</translation>
    </message>
    <message>
        <source>A map&apos;s plane lies nowhere.</source>
        <translation>某幅图的平面位置无效。</translation>
    </message>
    <message>
        <source>A mixture of {count:,} Gaussians</source>
        <translation>{count:,} 个高斯的混合模型</translation>
    </message>
    <message>
        <source>A mixture of {count:,} Gaussians in {latent:,} dimensions needs more codes than fit into memory: choose fewer components (at most {most:,}).</source>
        <translation>{latent:,} 维中 {count:,} 个高斯的混合模型所需编码超出内存：请减少分量（至多 {most:,} 个）。</translation>
    </message>
    <message>
        <source>A model needs a family.</source>
        <translation>模型需要指定类型。</translation>
    </message>
    <message>
        <source>A run trains between one and eight models.</source>
        <translation>一次训练可包含 1 至 8 个模型。</translation>
    </message>
    <message>
        <source>All chosen images were {part}, so a random part of them is held out now.</source>
        <translation>所选图像全部是{part}，因此现在从中随机留出一部分。</translation>
    </message>
    <message>
        <source>All models of a run take images of one shape.</source>
        <translation>一次训练中的所有模型须使用同样形状的图像。</translation>
    </message>
    <message>
        <source>At least one epoch.</source>
        <translation>至少一轮。</translation>
    </message>
    <message>
        <source>At least one probe image.</source>
        <translation>至少需要一幅探测图像。</translation>
    </message>
    <message>
        <source>At least two images are needed.</source>
        <translation>至少需要两幅图像。</translation>
    </message>
    <message>
        <source>At most eight hidden layers.</source>
        <translation>隐藏层最多八层。</translation>
    </message>
    <message>
        <source>At {height} pixels at most {most} convolutional layers fit.</source>
        <translation>{height} 像素时最多容纳 {most} 个卷积层。</translation>
    </message>
    <message>
        <source>Batch must be between 1 and 65536.</source>
        <translation>批大小须在 1 至 65536 之间。</translation>
    </message>
    <message>
        <source>Bending the geodesic</source>
        <translation>正在求测地线</translation>
    </message>
    <message>
        <source>Bernoulli</source>
        <translation>伯努利</translation>
    </message>
    <message>
        <source>Both groups have the same mean code, so there is no direction between them.</source>
        <translation>两组的平均编码相同，因此两者之间没有方向。</translation>
    </message>
    <message>
        <source>Both groups hold the same images.</source>
        <translation>两组包含相同的图像。</translation>
    </message>
    <message>
        <source>CIFAR-10</source>
        <translation>CIFAR-10</translation>
    </message>
    <message>
        <source>Colour must be one of {choices}.</source>
        <translation>颜色须为以下之一：{choices}。</translation>
    </message>
    <message>
        <source>Compresses each image to a point and rebuilds it from there.</source>
        <translation>把每幅图像压缩为一个点，再由该点重建。</translation>
    </message>
    <message>
        <source>Conv 16-32</source>
        <translation>Conv 16-32</translation>
    </message>
    <message>
        <source>Conv 32-64</source>
        <translation>Conv 32-64</translation>
    </message>
    <message>
        <source>Convolutional networks take 28, 32 or 64 pixels a side, not {height} x {width}; use an MLP.</source>
        <translation>卷积网络要求边长为 28、32 或 64 像素，而不是 {height} x {width}；请使用 MLP。</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>正在复制</translation>
    </message>
    <message>
        <source>Device must be auto, cpu or cuda.</source>
        <translation>设备须为 auto、cpu 或 cuda。</translation>
    </message>
    <message>
        <source>Difference: green where the decoded image is brighter, magenta where it is darker, black where they agree; the same fixed range in every picture.</source>
        <translation>差异：解码图像更亮处为绿色，更暗处为品红色，一致处为黑色；所有图片用同一固定范围。</translation>
    </message>
    <message>
        <source>EMNIST</source>
        <translation>EMNIST</translation>
    </message>
    <message>
        <source>Enter layer widths such as 512-256, or conv 32-64 for a convolutional network.</source>
        <translation>请输入各层宽度，例如 512-256；卷积网络如 conv 32-64。</translation>
    </message>
    <message>
        <source>Fashion-MNIST</source>
        <translation>Fashion-MNIST</translation>
    </message>
    <message>
        <source>Fit must be one of {choices}.</source>
        <translation>适配方式须为以下之一：{choices}。</translation>
    </message>
    <message>
        <source>Gaussian, learned σ² = {variance:.3g}</source>
        <translation>高斯，学习得到的 σ² = {variance:.3g}</translation>
    </message>
    <message>
        <source>Gaussian, σ² = {variance:.3g}</source>
        <translation>高斯，σ² = {variance:.3g}</translation>
    </message>
    <message>
        <source>Held-out images cost {gap:.1f} ± {error:.1f} nats more than training images, and the gap grows: these are learnt by heart.</source>
        <translation>留出图像比训练图像多 {gap:.1f} ± {error:.1f} nat，且差距在扩大：模型在死记训练图像。</translation>
    </message>
    <message>
        <source>Image size must be between 8 and 256 pixels.</source>
        <translation>图像边长须在 8 至 256 像素之间。</translation>
    </message>
    <message>
        <source>Images must have 1 or 3 channels and at most 512 x 512 pixels.</source>
        <translation>图像须有 1 或 3 个通道，且不超过 512 x 512 像素。</translation>
    </message>
    <message>
        <source>Images to train on must be uint8 or float32 with shape (N, C, H, W).</source>
        <translation>用于训练的图像须为 uint8 或 float32，形状为 (N, C, H, W)。</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>KL warm-up must not be negative.</source>
        <translation>KL 预热步数不能为负。</translation>
    </message>
    <message>
        <source>KL weight</source>
        <translation>KL 权重</translation>
    </message>
    <message>
        <source>KL(q(z|x) || p(z)), summed over dimensions: what the codes tell beyond the prior.</source>
        <translation>KL(q(z|x) || p(z))，对各维度求和：编码比先验多告诉我们的信息。</translation>
    </message>
    <message>
        <source>Kuzushiji-MNIST</source>
        <translation>Kuzushiji-MNIST</translation>
    </message>
    <message>
        <source>Latent size must be between 1 and {most}.</source>
        <translation>潜变量维度须在 1 至 {most} 之间。</translation>
    </message>
    <message>
        <source>Layer widths must be between 1 and 8192.</source>
        <translation>层宽须在 1 至 8192 之间。</translation>
    </message>
    <message>
        <source>Likelihood must be one of {choices}.</source>
        <translation>似然须为以下之一：{choices}。</translation>
    </message>
    <message>
        <source>Loss terms need different names, and the last of them is called total.</source>
        <translation>损失项的名称必须各不相同，最后一项须名为 total。</translation>
    </message>
    <message>
        <source>MLP 1024-512</source>
        <translation>MLP 1024-512</translation>
    </message>
    <message>
        <source>MLP 256-128</source>
        <translation>MLP 256-128</translation>
    </message>
    <message>
        <source>MLP 400</source>
        <translation>MLP 400</translation>
    </message>
    <message>
        <source>MLP 512</source>
        <translation>MLP 512</translation>
    </message>
    <message>
        <source>MLP 512-256</source>
        <translation>MLP 512-256</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
    </message>
    <message>
        <source>Measuring losses</source>
        <translation>正在测量损失</translation>
    </message>
    <message>
        <source>Moments of this run take {size:,.0f} MB each, too much to keep within {budget:,.0f} MB.</source>
        <translation>此次训练的每个时刻占 {size:,.0f} MB，在 {budget:,.0f} MB 之内无法保留。</translation>
    </message>
    <message>
        <source>Network must be one of {choices}.</source>
        <translation>网络须为以下之一：{choices}。</translation>
    </message>
    <message>
        <source>No CUDA card can be used here: choose the device cpu or auto, or install a driver that suits torch.</source>
        <translation>这里没有可用的 CUDA 显卡：请选择设备 cpu 或 auto，或安装与 torch 匹配的驱动程序。</translation>
    </message>
    <message>
        <source>No array was chosen; choose a .npy or .npz file.</source>
        <translation>未选择数组；请选择 .npy 或 .npz 文件。</translation>
    </message>
    <message>
        <source>No family can be called {name}.</source>
        <translation>模型族不能命名为 {name}。</translation>
    </message>
    <message>
        <source>No folder can be made in {path} ({reason}); choose another place.</source>
        <translation>无法在 {path} 中新建文件夹（{reason}）；请另选位置。</translation>
    </message>
    <message>
        <source>No folder was chosen; choose the folder of the images.</source>
        <translation>未选择文件夹；请选择图像所在的文件夹。</translation>
    </message>
    <message>
        <source>No option and no knob can be called {name}.</source>
        <translation>选项和可调参数都不能命名为 {name}。</translation>
    </message>
    <message>
        <source>No pane shows {source}.</source>
        <translation>没有窗格能显示 {source}。</translation>
    </message>
    <message>
        <source>No path holds a null character.</source>
        <translation>路径中不能有空字符。</translation>
    </message>
    <message>
        <source>Noise must be between 0 and {most:g}.</source>
        <translation>噪声须在 0 至 {most:g} 之间。</translation>
    </message>
    <message>
        <source>Numbers in the training of {model} were no longer finite at step {step}</source>
        <translation>{model} 训练中的数值在第 {step} 步不再有限</translation>
    </message>
    <message>
        <source>One file has {count:,} pages, and each is an image.</source>
        <translation>1 个文件有 {count:,} 页，每页作为一幅图像。</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重构损失</translation>
    </message>
    <message>
        <source>SVHN</source>
        <translation>SVHN</translation>
    </message>
    <message>
        <source>Seconds between evaluations must be above 0.</source>
        <translation>两次评估之间的秒数须大于 0。</translation>
    </message>
    <message>
        <source>The CUDA card here cannot be used ({reason}): choose the device cpu or auto.</source>
        <translation>此处的 CUDA 显卡无法使用（{reason}）：请选择设备 cpu 或 auto。</translation>
    </message>
    <message>
        <source>The KL does next to nothing at β = {beta:g}: codes are not where the prior is ({distance}), whose samples will not look like data.</source>
        <translation>β = {beta:g} 时 KL 几乎不起作用：编码不在先验所在之处（{distance}），先验的样本不会像数据。</translation>
    </message>
    <message>
        <source>The archive of {title} could not be unpacked ({reason}); try again later.</source>
        <translation>无法解压 {title} 的压缩包（{reason}）；请稍后再试。</translation>
    </message>
    <message>
        <source>The array file {path} does not exist; choose another.</source>
        <translation>数组文件 {path} 不存在；请另选一个。</translation>
    </message>
    <message>
        <source>The axes {axes} are none that a map has.</source>
        <translation>图中没有 {axes} 这样的坐标轴。</translation>
    </message>
    <message>
        <source>The card&apos;s memory is full even with small batches: training goes on with the CPU.</source>
        <translation>批大小已很小，显存仍不足：改用 CPU 继续训练。</translation>
    </message>
    <message>
        <source>The card&apos;s memory is full: training goes on with batches of {batch} instead of {former}.</source>
        <translation>显存已满：批大小由 {former} 改为 {batch} 后继续训练。</translation>
    </message>
    <message>
        <source>The card&apos;s memory is full: use smaller batches or the CPU.</source>
        <translation>显存已满：请减小批大小或使用 CPU。</translation>
    </message>
    <message>
        <source>The checkpoint {path} was not written because {name} is not finite; go back to an earlier checkpoint and lower the learning rate.</source>
        <translation>未写入检查点 {path}，因为 {name} 不是有限值；请回到更早的检查点并降低学习率。</translation>
    </message>
    <message>
        <source>The choice of rows must be ranges such as 0-99,105.</source>
        <translation>所选行必须是如 0-99,105 的范围。</translation>
    </message>
    <message>
        <source>The chosen rows {rows} are not all among the {count:,} of {title}; the images may have changed.</source>
        <translation>所选的行 {rows} 不全在 {title} 的 {count:,} 行之中；图像可能已改变。</translation>
    </message>
    <message>
        <source>The classes are those of {column} in {file}.</source>
        <translation>类别取自 {file} 中的 {column}。</translation>
    </message>
    <message>
        <source>The classifier {file} is damaged or not the one pinned; install again.</source>
        <translation>分类器 {file} 已损坏或不是指定的那个；请重新安装。</translation>
    </message>
    <message>
        <source>The classifier {file} is missing ({reason}); install again.</source>
        <translation>缺少分类器 {file}（{reason}）；请重新安装。</translation>
    </message>
    <message>
        <source>The codes have outgrown the prior: they reach {size:.2g} times as far, and its samples miss most of where images are.</source>
        <translation>编码已超出先验：它们伸展到 {size:.2g} 倍远，先验的样本错过图像所在的大部分区域。</translation>
    </message>
    <message>
        <source>The cursor stands nowhere.</source>
        <translation>光标位置无效。</translation>
    </message>
    <message>
        <source>The data folder {folder} does not exist; choose another, or download {title} into it.</source>
        <translation>数据文件夹 {folder} 不存在；请另选一个，或把 {title} 下载到其中。</translation>
    </message>
    <message>
        <source>The data set {name} is read, not the folder {folder} here; for that folder say --data {here}.</source>
        <translation>读取的是数据集 {name}，而不是此处的文件夹 {folder}；若要读取该文件夹，请使用 --data {here}。</translation>
    </message>
    <message>
        <source>The final epochs must not begin before the run.</source>
        <translation>最后若干轮不能早于训练开始。</translation>
    </message>
    <message>
        <source>The final rate must be above 0 and at most 1.</source>
        <translation>最终学习率系数须大于 0 且不超过 1。</translation>
    </message>
    <message>
        <source>The first group has {count} of the images on this map; at least {least} are needed.</source>
        <translation>第一组在此图上有 {count} 幅图像；至少需要 {least} 幅。</translation>
    </message>
    <message>
        <source>The folder {path} vanished while it was being read; choose it again once it is back.</source>
        <translation>文件夹 {path} 在读取过程中消失了；待其恢复后请重新选择。</translation>
    </message>
    <message>
        <source>The folders are the split: {count:,} images of {train} are trained on, {rest:,} of {held} are held out.</source>
        <translation>按文件夹划分：{train} 中的 {count:,} 幅图像用于训练，{held} 中的 {rest:,} 幅留出。</translation>
    </message>
    <message>
        <source>The handwritten digits come with scikit-learn, which is not installed.</source>
        <translation>手写数字随 scikit-learn 提供，但它未安装。</translation>
    </message>
    <message>
        <source>The images and models do not fit on the card: choose the CPU.</source>
        <translation>显存容不下图像和模型：请选择 CPU。</translation>
    </message>
    <message>
        <source>The images are {found}, but the models take {wanted}: choose models for this data.</source>
        <translation>图像为 {found}，而模型要求 {wanted}：请为这些数据选择合适的模型。</translation>
    </message>
    <message>
        <source>The images could not be copied to {path} ({reason}); choose another place.</source>
        <translation>图像无法复制到 {path}（{reason}）；请另选位置。</translation>
    </message>
    <message>
        <source>The images in {path} were not looked for.</source>
        <translation>未查找 {path} 中的图像。</translation>
    </message>
    <message>
        <source>The images of {title} have changed since this run was trained on them.</source>
        <translation>自此次训练以来，{title} 的图像已经改变。</translation>
    </message>
    <message>
        <source>The images themselves are not at hand; load the data set first.</source>
        <translation>图像本身不可用；请先加载数据集。</translation>
    </message>
    <message>
        <source>The largest value is {largest} of {possible:,} possible; {white} is shown as white (a white level of {possible} keeps the type&apos;s own range; --white on the command line).</source>
        <translation>最大值为 {largest}，类型上限为 {possible:,}；{white} 显示为白色（白电平设为 {possible} 可保持类型本身的范围；命令行用 --white）。</translation>
    </message>
    <message>
        <source>The learning rate must be above 0 and at most {most:g}.</source>
        <translation>学习率须大于 0 且不超过 {most:g}。</translation>
    </message>
    <message>
        <source>The likelihood&apos;s variance must be above 0.</source>
        <translation>似然的方差须大于 0。</translation>
    </message>
    <message>
        <source>The limits of {sign} are not in order.</source>
        <translation>{sign} 的上下限不正确。</translation>
    </message>
    <message>
        <source>The map looks nowhere.</source>
        <translation>图的视野位置无效。</translation>
    </message>
    <message>
        <source>The maps are being renewed; try again in a moment.</source>
        <translation>潜空间图正在更新；请稍后再试。</translation>
    </message>
    <message>
        <source>The memory did not suffice for {what}; choose fewer or smaller images.</source>
        <translation>内存不足以容纳 {what}；请选择更少或更小的图像。</translation>
    </message>
    <message>
        <source>The model family {name} cannot be used: {reason}</source>
        <translation>无法使用模型族 {name}：{reason}</translation>
    </message>
    <message>
        <source>The models of this run have no knob {name}.</source>
        <translation>此次训练的模型没有名为 {name} 的可调参数。</translation>
    </message>
    <message>
        <source>The module {name} in LATENT_EXPLORER_FAMILIES is left out: {reason}</source>
        <translation>LATENT_EXPLORER_FAMILIES 中的模块 {name} 已被略去：{reason}</translation>
    </message>
    <message>
        <source>The moment at step {step:,} could not be read: {reason}.</source>
        <translation>无法读取第 {step:,} 步的时刻：{reason}。</translation>
    </message>
    <message>
        <source>The name of a map&apos;s axis is too long.</source>
        <translation>某幅图的坐标轴名称过长。</translation>
    </message>
    <message>
        <source>The number of final epochs must not be negative.</source>
        <translation>最后若干轮的轮数不能为负。</translation>
    </message>
    <message>
        <source>The posterior has collapsed: no dimension is active, the KL is {kl:.3f} nats, and codes say nothing about images.</source>
        <translation>后验已坍塌：没有活跃的维度，KL 为 {kl:.3f} nat，编码对图像什么也没说。</translation>
    </message>
    <message>
        <source>The posterior {name} is not known here.</source>
        <translation>此处没有名为 {name} 的后验分布。</translation>
    </message>
    <message>
        <source>The run as it stands could not be kept to return to, so nothing was changed; save it first. {trouble}</source>
        <translation>无法保留当前训练以便返回，因此未作任何更改；请先保存。{trouble}</translation>
    </message>
    <message>
        <source>The run could not be saved because of a fault in the program.</source>
        <translation>由于程序错误，未能保存此次训练。</translation>
    </message>
    <message>
        <source>The run goes on at the learning rate of its last epochs, {applied:.3g}: {factor:g} times the {rate:.3g} that is set; raise that to learn faster.</source>
        <translation>训练以最后几轮的学习率 {applied:.3g} 继续，即所设 {rate:.3g} 的 {factor:g} 倍；要加快学习，请调高所设值。</translation>
    </message>
    <message>
        <source>The run names images on another computer ({path}), which are not looked for; name them with --data.</source>
        <translation>此次训练指向另一台计算机上的图像（{path}），不会去查找；请用 --data 指定。</translation>
    </message>
    <message>
        <source>The same when the code is then refined until it is the most probable one given the upper half of the image: near to it in its picture, and in the prior. Without a prior only the picture counts.</source>
        <translation>同上，但随后优化编码，直到它成为给定图像上半部分时最可能的编码：其图片接近上半部分，且编码在先验下概率高。没有先验时只看图片。</translation>
    </message>
    <message>
        <source>The saved run cannot be used: {reason}.</source>
        <translation>保存的训练无法使用：{reason}。</translation>
    </message>
    <message>
        <source>The saved run has a tensor with the unknown name {name}.</source>
        <translation>保存的训练中有名称未知的张量 {name}。</translation>
    </message>
    <message>
        <source>The saved run has format {found}, and this program reads formats up to {format}.</source>
        <translation>保存的训练为格式 {found}，本程序最高可读取格式 {format}。</translation>
    </message>
    <message>
        <source>The saved run has no model that could go on.</source>
        <translation>保存的训练没有可以继续的模型。</translation>
    </message>
    <message>
        <source>The saved run has weights {name} that its model {number} does not have.</source>
        <translation>保存的训练含有权重 {name}，而其模型 {number} 没有这些权重。</translation>
    </message>
    <message>
        <source>The saved run has {count} of its {all} tensors.</source>
        <translation>保存的训练仅有 {all} 个张量中的 {count} 个。</translation>
    </message>
    <message>
        <source>The saved run has {name}, which its optimiser does not keep.</source>
        <translation>保存的训练含有 {name}，而其优化器并不保存它。</translation>
    </message>
    <message>
        <source>The saved run lacks the weights {name} of its model {number}.</source>
        <translation>保存的训练缺少模型 {number} 的权重 {name}。</translation>
    </message>
    <message>
        <source>The saved run lacks {name} of its optimiser.</source>
        <translation>保存的训练缺少优化器的 {name}。</translation>
    </message>
    <message>
        <source>The saved run stands at row {row} of only {count} training rows.</source>
        <translation>保存的训练停在第 {row} 行，而训练数据只有 {count} 行。</translation>
    </message>
    <message>
        <source>The saved run&apos;s &apos;resting&apos; is {value}, which are no models of it.</source>
        <translation>保存的训练的“resting”为 {value}，其中没有这样的模型。</translation>
    </message>
    <message>
        <source>The saved run&apos;s {name} is {value}, which is not a count.</source>
        <translation>保存的训练的 {name} 为 {value}，不是计数。</translation>
    </message>
    <message>
        <source>The saved {name} has {size} bytes, which no random generator has.</source>
        <translation>保存的 {name} 有 {size} 字节，没有随机数生成器是这个大小。</translation>
    </message>
    <message>
        <source>The saved {name} is negative.</source>
        <translation>保存的 {name} 为负。</translation>
    </message>
    <message>
        <source>The saved {name} is no state of a random generator.</source>
        <translation>保存的 {name} 不是随机数生成器的状态。</translation>
    </message>
    <message>
        <source>The saved {name} is no state that a random generator can be in.</source>
        <translation>保存的 {name} 不是随机数生成器可能处于的状态。</translation>
    </message>
    <message>
        <source>The saved {name} is no whole number of steps.</source>
        <translation>保存的 {name} 不是整数步数。</translation>
    </message>
    <message>
        <source>The saved {what} is not finite.</source>
        <translation>保存的 {what} 不是有限值。</translation>
    </message>
    <message>
        <source>The saved {what} is {dtype} {shape}, not {wanted} {size}.</source>
        <translation>保存的 {what} 为 {dtype} {shape}，而不是 {wanted} {size}。</translation>
    </message>
    <message>
        <source>The second group has {count} of the images on this map; at least {least} are needed.</source>
        <translation>第二组在此图上有 {count} 幅图像；至少需要 {least} 幅。</translation>
    </message>
    <message>
        <source>The seed must not be negative.</source>
        <translation>随机种子不能为负。</translation>
    </message>
    <message>
        <source>The session has version {version}, and this program reads version 1.</source>
        <translation>会话为版本 {version}，本程序读取版本 1。</translation>
    </message>
    <message>
        <source>The session was saved, but not the moments of its run ({reason}).</source>
        <translation>会话已保存，但其训练的时刻未保存（{reason}）。</translation>
    </message>
    <message>
        <source>The set of images {path}</source>
        <translation>图像集 {path}</translation>
    </message>
    <message>
        <source>The settings of the tools are no object.</source>
        <translation>工具的设置不是对象。</translation>
    </message>
    <message>
        <source>The white level must be a finite number above 0.</source>
        <translation>白电平须为大于 0 的有限数。</translation>
    </message>
    <message>
        <source>There are more knobs than eight models have.</source>
        <translation>可调参数多于八个模型所能有的。</translation>
    </message>
    <message>
        <source>There are no codes yet; train, or open a checkpoint.</source>
        <translation>尚无编码；请开始训练，或打开检查点。</translation>
    </message>
    <message>
        <source>There are no curves yet; train first.</source>
        <translation>尚无曲线；请先训练。</translation>
    </message>
    <message>
        <source>There is no data set called {name}; there are {names}.</source>
        <translation>没有名为 {name} 的数据集；现有：{names}。</translation>
    </message>
    <message>
        <source>There is no data set, folder or array file called {choice}; the data sets are {names}.</source>
        <translation>没有名为 {choice} 的数据集、文件夹或数组文件；数据集有：{names}。</translation>
    </message>
    <message>
        <source>There is no data to train on; choose a data set first.</source>
        <translation>没有可训练的数据；请先选择数据集。</translation>
    </message>
    <message>
        <source>There is no model family called {name}; known are {known}.</source>
        <translation>没有名为 {name} 的模型族；已知的有：{known}。</translation>
    </message>
    <message>
        <source>There is no objective called {name}; known are {known}.</source>
        <translation>没有名为 {name} 的目标；已知的有：{known}。</translation>
    </message>
    <message>
        <source>There is no prior called {name}; known are {known}.</source>
        <translation>没有名为 {name} 的先验；已知的有：{known}。</translation>
    </message>
    <message>
        <source>There is no run; start one or open a checkpoint first.</source>
        <translation>没有训练；请先开始训练或打开检查点。</translation>
    </message>
    <message>
        <source>These images were chosen by rules of a later version; update this program.</source>
        <translation>这些图像是按更新版本的规则选取的；请更新本程序。</translation>
    </message>
    <message>
        <source>These models need about {needed} of memory and only {free} are free; choose {what}.</source>
        <translation>这些模型约需 {needed} 内存，仅有 {free} 可用；请选择{what}。</translation>
    </message>
    <message>
        <source>These weights belong to a different model; start a new replica for it.</source>
        <translation>这些权重属于另一个模型；请为其建立新的副本。</translation>
    </message>
    <message>
        <source>These weights do not fit the {family} model: see {name}.</source>
        <translation>这些权重与 {family} 模型不符：见 {name}。</translation>
    </message>
    <message>
        <source>These weights do not fit the {family} model: {wrong}.</source>
        <translation>这些权重与 {family} 模型不符：{wrong}。</translation>
    </message>
    <message>
        <source>This model has no weights yet; load a snapshot first.</source>
        <translation>此模型还没有权重；请先载入快照。</translation>
    </message>
    <message>
        <source>This model needs {needed} of memory and only {free} are free; close other programs or choose a smaller one.</source>
        <translation>此模型需要 {needed} 内存，而可用的只有 {free}；请关闭其他程序或选择更小的模型。</translation>
    </message>
    <message>
        <source>Threads must be between 1 and 256.</source>
        <translation>线程数须在 1 至 256 之间。</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总损失</translation>
    </message>
    <message>
        <source>Training on the card is slower than it could be, because its steps cannot be recorded: {reason}</source>
        <translation>显卡上的训练未达到应有的速度，因为无法录制其训练步：{reason}</translation>
    </message>
    <message>
        <source>Try a β nearer to 1, or samples from a density fitted to the codes.</source>
        <translation>试试更接近 1 的 β，或从对编码拟合的密度中抽样。</translation>
    </message>
    <message>
        <source>Try more images, a smaller network, noise on the input, or an earlier moment.</source>
        <translation>试试更多图像、更小的网络、给输入加噪声，或较早的时刻。</translation>
    </message>
    <message>
        <source>Weight of the KL divergence in the loss; 1 is the evidence lower bound.</source>
        <translation>损失中 KL 散度的权重；1 即证据下界。</translation>
    </message>
    <message>
        <source>What the optimiser minimises.</source>
        <translation>优化器所最小化的量。</translation>
    </message>
    <message>
        <source>a mixture of {count:,} Gaussians</source>
        <translation>{count:,} 个高斯的混合模型</translation>
    </message>
    <message>
        <source>another program is writing it</source>
        <translation>另一个程序正在写入它</translation>
    </message>
    <message>
        <source>choose a larger σ² than {variance:.4g}</source>
        <translation>选择大于 {variance:.4g} 的 σ²</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>留出图像</translation>
    </message>
    <message>
        <source>in model {number} {wrong}</source>
        <translation>模型 {number} 中，{wrong}</translation>
    </message>
    <message>
        <source>it changed while it was read</source>
        <translation>它在读取过程中发生了变化</translation>
    </message>
    <message>
        <source>it computes wrongly</source>
        <translation>它的计算结果有误</translation>
    </message>
    <message>
        <source>it ends too soon</source>
        <translation>它过早结束</translation>
    </message>
    <message>
        <source>it has version {found} and this program reads versions up to {version}</source>
        <translation>它的版本为 {found}，本程序最高可读取版本 {version}</translation>
    </message>
    <message>
        <source>it has {found} of {count} tensors</source>
        <translation>它有 {count} 个张量中的 {found} 个</translation>
    </message>
    <message>
        <source>it has {size} bytes instead of {declared}</source>
        <translation>它有 {size} 字节，而应为 {declared} 字节</translation>
    </message>
    <message>
        <source>it is a link that leads round in a circle</source>
        <translation>它是循环的链接</translation>
    </message>
    <message>
        <source>it is far too large</source>
        <translation>它过大</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it is not the description of a checkpoint</source>
        <translation>它不是检查点的描述</translation>
    </message>
    <message>
        <source>it lists more values than any run has</source>
        <translation>它列出的数值多于任何一次训练所能有的</translation>
    </message>
    <message>
        <source>it was cut short while it was read</source>
        <translation>它在读取过程中被截断</translation>
    </message>
    <message>
        <source>its contents do not make sense ({reason})</source>
        <translation>其内容没有意义（{reason}）</translation>
    </message>
    <message>
        <source>its contents do not match their digest</source>
        <translation>其内容与摘要不符</translation>
    </message>
    <message>
        <source>its contents do not match their hash</source>
        <translation>其内容与哈希值不符</translation>
    </message>
    <message>
        <source>its entry {name} is missing</source>
        <translation>缺少条目 {name}</translation>
    </message>
    <message>
        <source>its header cannot be read</source>
        <translation>无法读取其文件头</translation>
    </message>
    <message>
        <source>its header does not account for all of its values</source>
        <translation>其文件头没有涵盖全部数值</translation>
    </message>
    <message>
        <source>its header has an impossible length</source>
        <translation>其文件头长度不可能</translation>
    </message>
    <message>
        <source>its learned σ² are not one a model</source>
        <translation>学习得到的 σ² 不是每个模型一个</translation>
    </message>
    <message>
        <source>latent size</source>
        <translation>潜变量维度</translation>
    </message>
    <message>
        <source>latent {size}</source>
        <translation>潜变量 {size} 维</translation>
    </message>
    <message>
        <source>layer widths</source>
        <translation>层宽</translation>
    </message>
    <message>
        <source>likelihood</source>
        <translation>似然</translation>
    </message>
    <message>
        <source>lit fraction</source>
        <translation>受光比例</translation>
    </message>
    <message>
        <source>lower the learning rate</source>
        <translation>降低学习率</translation>
    </message>
    <message>
        <source>lower the learning rate or β</source>
        <translation>降低学习率或 β</translation>
    </message>
    <message>
        <source>nats per image</source>
        <translation>nats/图像</translation>
    </message>
    <message>
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>smaller layers or smaller images</source>
        <translation>较小的层或较小的图像</translation>
    </message>
    <message>
        <source>step {step:,}</source>
        <translation>第 {step:,} 步</translation>
    </message>
    <message>
        <source>the posterior {name} of model {number} is not known here</source>
        <translation>此处不认识模型 {number} 的后验 {name}</translation>
    </message>
    <message>
        <source>the prior {name} of model {number} is not known here</source>
        <translation>此处不认识模型 {number} 的先验 {name}</translation>
    </message>
    <message>
        <source>torch, which trains and decodes, could not be loaded ({reason}); allow this program more memory, or install torch again.</source>
        <translation>无法加载用于训练和解码的 torch（{reason}）；请允许本程序使用更多内存，或重新安装 torch。</translation>
    </message>
    <message>
        <source>training images</source>
        <translation>训练图像</translation>
    </message>
    <message>
        <source>variance</source>
        <translation>方差</translation>
    </message>
    <message>
        <source>{count:,} chosen images</source>
        <translation>{count:,} 幅所选图像</translation>
    </message>
    <message>
        <source>{count:,} chosen images of the {all:,} of {title} are used.</source>
        <translation>使用 {title} 的 {all:,} 幅图像中所选的 {count:,} 幅。</translation>
    </message>
    <message>
        <source>{count:,} saved moments of the run could not be read; the others are there.</source>
        <translation>训练的 {count:,} 个已保存时刻无法读取；其余的都在。</translation>
    </message>
    <message>
        <source>{file} could not be read ({reason}), so its labels are not used.</source>
        <translation>{file} 无法读取（{reason}），因此未使用其标签。</translation>
    </message>
    <message>
        <source>{file} has no column with names of the images, so it is not used; there are {files}.</source>
        <translation>{file} 没有图像文件名的列，因此未使用；图像文件有 {files}。</translation>
    </message>
    <message>
        <source>{file} is not a table that can be read ({reason}).</source>
        <translation>{file} 不是可读取的表格（{reason}）。</translation>
    </message>
    <message>
        <source>{file} names none of the images, so it is not used; it names {names}, and there are {files}.</source>
        <translation>{file} 没有提到任何图像，因此未使用；其中写的是 {names}，而图像文件有 {files}。</translation>
    </message>
    <message>
        <source>{name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>{name} holds no codes, and the images to make them from are not at hand.</source>
        <translation>{name} 中没有编码，而用于生成编码的图像不在手边。</translation>
    </message>
    <message>
        <source>{name} is the name of another setting.</source>
        <translation>{name} 是另一个设置的名称。</translation>
    </message>
    <message>
        <source>{name} takes images of {other} and those on show are of {shown}: its models cannot stand beside these.</source>
        <translation>{name} 使用 {other} 的图像，而当前显示的是 {shown}：其模型无法与这些模型并列。</translation>
    </message>
    <message>
        <source>{name} was trained on other images ({other}) than those on show ({shown}): its models cannot stand beside these.</source>
        <translation>{name} 是用其他图像（{other}）训练的，当前显示的是 {shown}：其模型无法与这些模型并列。</translation>
    </message>
    <message>
        <source>{path} cannot be used: it was trained on other images.</source>
        <translation>无法使用 {path}：它是用其他图像训练的。</translation>
    </message>
    <message>
        <source>{path} does not exist; it may have been moved, renamed or deleted.</source>
        <translation>{path} 不存在；可能已被移动、重命名或删除。</translation>
    </message>
    <message>
        <source>{path} holds too many folders of this name; choose another place.</source>
        <translation>{path} 中同名文件夹过多；请另选位置。</translation>
    </message>
    <message>
        <source>{sign} must be between {least:g} and {most:g}.</source>
        <translation>{sign} 须在 {least:g} 至 {most:g} 之间。</translation>
    </message>
    <message>
        <source>{title} has no option called {name}; it has none.</source>
        <translation>{title} 没有名为 {name} 的选项；它没有选项。</translation>
    </message>
    <message>
        <source>{title} has no option called {name}; it has {names}.</source>
        <translation>{title} 没有名为 {name} 的选项；它有：{names}。</translation>
    </message>
    <message>
        <source>{trees} trees a factor, grown on {count:,} of the images that are fitted on; {images}</source>
        <translation>每个因子 {trees} 棵树，用拟合图像中的 {count:,} 幅生长；{images}</translation>
    </message>
    <message>
        <source>{what} #{number}</source>
        <translation>{what} #{number}</translation>
    </message>
    <message>
        <source>{what} needs at least {needed:,} codes of {latent:,} dimensions, and there are {count:,} besides {others:,} that are not finite.</source>
        <translation>{what}至少需要 {needed:,} 个 {latent:,} 维编码，现有 {count:,} 个，另有 {others:,} 个非有限。</translation>
    </message>
    <message>
        <source>{what} needs at least {needed:,} codes of {latent:,} dimensions, and there are {count:,}.</source>
        <translation>{what}至少需要 {needed:,} 个 {latent:,} 维编码，现有 {count:,} 个。</translation>
    </message>
    <message>
        <source>{what} needs {needed} of memory and only {free} are free; choose fewer or smaller images.</source>
        <translation>{what} 需要 {needed} 内存，而可用的只有 {free}；请选择更少或更小的图像。</translation>
    </message>
    <message>
        <source>{what}. It rests as it was at step {good} while the other models go on; for a new run {remedy}.</source>
        <translation>{what}。它停在第 {good} 步的状态，其他模型继续训练；重新训练时请{remedy}。</translation>
    </message>
    <message>
        <source>{what}; the run stands at step {good} again, where it was good: start a new run and {remedy}.</source>
        <translation>{what}；训练已回到正常的第 {good} 步：请新建训练并{remedy}。</translation>
    </message>
    <message>
        <source>{what}; the run stands at step {good} again, where it was good: {remedy} and go on.</source>
        <translation>{what}；训练已退回到正常的第 {good} 步：请{remedy}后继续。</translation>
    </message>
    <message>
        <source>{where} holds {name}, which is no name of a setting.</source>
        <translation>{where} 含有 {name}，它不是设置的名称。</translation>
    </message>
    <message>
        <source>{where} is far too large a number.</source>
        <translation>{where} 的数值过大。</translation>
    </message>
    <message>
        <source>{where} must be a finite number.</source>
        <translation>{where} 须为有限数。</translation>
    </message>
    <message>
        <source>{where} must be a list.</source>
        <translation>{where} 须为列表。</translation>
    </message>
    <message>
        <source>{where} must be a number, a word, true or false.</source>
        <translation>{where} 须为数值、单词、true 或 false。</translation>
    </message>
    <message>
        <source>{where} must be a number.</source>
        <translation>{where} 须为数值。</translation>
    </message>
    <message>
        <source>{where} must be {wanted}, not {found}.</source>
        <translation>{where} 须为 {wanted}，而不是 {found}。</translation>
    </message>
    <message>
        <source>{where} must have {count} entries.</source>
        <translation>{where} 须有 {count} 项。</translation>
    </message>
    <message>
        <source>{width:,} x {height:,} pixels are too many</source>
        <translation>{width:,} × {height:,} 像素过多</translation>
    </message>
    <message>
        <source>|f − 3/4| of the lit fraction f of the true moon nearest to the picture half way between the codes of half and full moon. Of a cross-fade f says nothing: all moons between the two are as near to it.</source>
        <translation>|f − 3/4|，f 是与半月、满月编码正中间的图像最近的真实月亮的受光比例。对交叉淡化而言 f 没有意义：两者之间的所有月亮与它一样近。</translation>
    </message>
    <message>
        <source>β must be between 0 and {most:g}.</source>
        <translation>β 须在 0 至 {most:g} 之间。</translation>
    </message>
    <message>
        <source>λ2 / λ1, the variances of the codes along their first two principal axes: 0 for a line.</source>
        <translation>λ2 / λ1，编码沿前两条主轴的方差之比：线为 0。</translation>
    </message>
    <message>
        <source>“{text}” may mean {first} or {second}: enter one of these.</source>
        <translation>“{text}”可能指 {first} 或 {second}：请输入其中之一。</translation>
    </message>
    <message>
        <source>−(reconstruction loss + KL): a lower bound on ln p(x), the log-likelihood of an image.</source>
        <translation>−（重构损失 + KL）：ln p(x)（一幅图像的对数似然）的下界。</translation>
    </message>
    <message>
        <source>−E ln p(x|z), summed over pixels, averaged over images, at one draw z of each posterior: how much of an image its code leaves unexplained.</source>
        <translation>−E ln p(x|z)，对像素求和、对图像取平均，每个后验抽样一次 z：编码没有解释的那部分图像有多少。</translation>
    </message>
    <message>
        <source>−E ln p(x|z), summed over pixels: how far pictures are from their images.</source>
        <translation>−E ln p(x|z)，对像素求和：画面与原图像的差距。</translation>
    </message>
    <message>
        <source>a smaller batch</source>
        <translation>较小的批大小</translation>
    </message>
    <message>
        <source>smaller layers or smaller images, or fewer models</source>
        <translation>较小的层、较小的图像或较少的模型</translation>
    </message>
    <message>
        <source>a smaller batch, or fewer models</source>
        <translation>较小的批大小或较少的模型</translation>
    </message>
    <message>
        <source>The disk is full, so no more moments are kept; training goes on.</source>
        <translation>磁盘已满，不再保留新的时刻；训练继续进行。</translation>
    </message>
    <message>
        <source>Moments cannot be kept because temporary files cannot be written ({reason}); training goes on.</source>
        <translation>无法写入临时文件（{reason}），因此不保留时刻；训练继续进行。</translation>
    </message>
    <message>
        <source>This moment is not kept any more; choose another one.</source>
        <translation>此时刻已不再保留；请另选一个。</translation>
    </message>
    <message>
        <source>{path} is not a checkpoint; choose a folder that holds a {file}.</source>
        <translation>{path} 不是检查点；请选择含有 {file} 的文件夹。</translation>
    </message>
    <message>
        <source>{path} is damaged: {what}; open another checkpoint or train anew.</source>
        <translation>{path} 已损坏：{what}；请打开其他检查点或重新训练。</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>1 where every latent dimension matters for one factor only, 0 where all matter for all alike; what matters is how much boosted trees that predict the factors use it.</source>
        <translation>每个潜在维度只对一个因子重要时为 1，所有维度对所有因子同等重要时为 0；重要性是指预测因子的提升树对该维度的使用程度。</translation>
    </message>
    <message>
        <source>1 where for every factor one latent dimension only matters, 0 where all matter alike.</source>
        <translation>每个因子只由一个潜在维度决定时为 1，所有维度同等重要时为 0。</translation>
    </message>
    <message>
        <source>95 %: {low} to {high}</source>
        <translation>95 %：{low} 至 {high}</translation>
    </message>
    <message>
        <source>A grid covers one or two latent dimensions, and this model has {latent:,}.</source>
        <translation>网格只能覆盖一维或二维潜空间,而此模型有 {latent:,} 维。</translation>
    </message>
    <message>
        <source>A model is marked as better only where better has a meaning and the 95 % interval of the difference leaves out zero; all others are ties. The difference is taken image by image where every image has a value in both models, else from the two intervals as if they were independent, which for figures of the same images errs towards a tie. With more than two models the 95 % are of all comparisons together (Bonferroni).</source>
        <translation>只有在“更好”有意义、且差异的 95 % 区间不含零时，才标出更好的模型；其余均为平局。若每幅图像在两个模型中都有值，则逐图像取差；否则把两个区间当作相互独立来计算，对同一批图像的数值而言，这会偏向判为平局。多于两个模型时，95 % 是对全部比较合计而言（Bonferroni）。</translation>
    </message>
    <message>
        <source>A picture of one pixel has no half to hide.</source>
        <translation>只有一个像素的图片没有可遮住的一半。</translation>
    </message>
    <message>
        <source>A report has 1 to {most} models, not {count}.</source>
        <translation>一份报告可含 1 至 {most} 个模型，不能是 {count} 个。</translation>
    </message>
    <message>
        <source>AUROC</source>
        <translation>AUROC</translation>
    </message>
    <message>
        <source>Active units</source>
        <translation>活跃单元</translation>
    </message>
    <message>
        <source>Aggregated posterior against prior</source>
        <translation>聚合后验与先验</translation>
    </message>
    <message>
        <source>All codes against the prior</source>
        <translation>全部编码与先验</translation>
    </message>
    <message>
        <source>All codes are the same.</source>
        <translation>所有编码都相同。</translation>
    </message>
    <message>
        <source>Analogies</source>
        <translation>类比</translation>
    </message>
    <message>
        <source>Arithmetic with codes</source>
        <translation>编码运算</translation>
    </message>
    <message>
        <source>Below {least} pictures on either side it is mostly noise, and there are {count}.</source>
        <translation>任一侧少于 {least} 幅图片时它主要是噪声，而这里有 {count} 幅。</translation>
    </message>
    <message>
        <source>Binarisation needs pixels between 0 and 1.</source>
        <translation>二值化需要 0 到 1 之间的像素。</translation>
    </message>
    <message>
        <source>Binarise must be none, dynamic or static.</source>
        <translation>二值化必须为 none、dynamic 或 static。</translation>
    </message>
    <message>
        <source>Bits per dimension</source>
        <translation>每维比特数</translation>
    </message>
    <message>
        <source>Bound on the likelihood</source>
        <translation>似然的下界</translation>
    </message>
    <message>
        <source>Class of the 5 nearest codes</source>
        <translation>最近 5 个编码的类别</translation>
    </message>
    <message>
        <source>Codes in the middle of the cloud</source>
        <translation>编码云中部的编码</translation>
    </message>
    <message>
        <source>Columns of {file} that are neither the class nor numbers are not used: {columns}.</source>
        <translation>{file} 中既不是类别也不是数字的列未被使用：{columns}。</translation>
    </message>
    <message>
        <source>Comparing codes with the prior</source>
        <translation>正在将编码与先验比较</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Correlation of dimensions</source>
        <translation>维度间的相关</translation>
    </message>
    <message>
        <source>Cosine distance of a picture on the straight path between two lines&apos; codes to the nearest true line, black being −1 and white 1, averaged over pictures and pairs: 0 where every picture is a line.</source>
        <translation>两条线段编码之间直线路径上的图像到最近真实线段的余弦距离（黑为 −1，白为 1），对图像和各对取平均：每张图像都是线段时为 0。</translation>
    </message>
    <message>
        <source>Coverage, {of}</source>
        <translation>覆盖率，{of}</translation>
    </message>
    <message>
        <source>Cross-fades</source>
        <translation>交叉淡化</translation>
    </message>
    <message>
        <source>Cross-fades noticed</source>
        <translation>识别叠化图像</translation>
    </message>
    <message>
        <source>DCI completeness</source>
        <translation>DCI 完备度</translation>
    </message>
    <message>
        <source>DCI disentanglement</source>
        <translation>DCI 解耦度</translation>
    </message>
    <message>
        <source>DCI informativeness</source>
        <translation>DCI 信息度</translation>
    </message>
    <message>
        <source>Decoded</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>正在解码</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Directions of classes</source>
        <translation>类别方向</translation>
    </message>
    <message>
        <source>Directions of factors</source>
        <translation>因子方向</translation>
    </message>
    <message>
        <source>Disentanglement</source>
        <translation>解耦</translation>
    </message>
    <message>
        <source>Distance from true lines</source>
        <translation>与真实线段的距离</translation>
    </message>
    <message>
        <source>Distance in features from the picture half way between two images&apos; codes to the nearest other real image, over the size of the picture&apos;s own features, averaged over pairs.</source>
        <translation>两张图像编码正中间的图像到最近的其他真实图像的特征距离，除以该图像自身特征的大小，对各对图像取平均。</translation>
    </message>
    <message>
        <source>Dots in a disc</source>
        <translation>圆盘内的光点</translation>
    </message>
    <message>
        <source>Dots on a line</source>
        <translation>线上的光点</translation>
    </message>
    <message>
        <source>Dots on a ring</source>
        <translation>圆环上的光点</translation>
    </message>
    <message>
        <source>Dots on islands</source>
        <translation>岛屿上的光点</translation>
    </message>
    <message>
        <source>E k(z, z&apos;) + E k(y, y&apos;) − 2 E k(z, y) of codes z and draws y of the prior, k the mean over s of C / (C + |z − y|²), C = 2 d s: 0 on average where the two are alike, so that an estimate may be negative.</source>
        <translation>编码 z 与先验样本 y 的 E k(z, z&apos;) + E k(y, y&apos;) − 2 E k(z, y)，k 为 C / (C + |z − y|²) 对 s 的平均，C = 2 d s：两者相同时平均为 0，因此估计值可能为负。</translation>
    </message>
    <message>
        <source>ELBO</source>
        <translation>ELBO</translation>
    </message>
    <message>
        <source>ELBO of the same draws</source>
        <translation>同一批样本的 ELBO</translation>
    </message>
    <message>
        <source>ELBO of the same images</source>
        <translation>同一批图像的 ELBO</translation>
    </message>
    <message>
        <source>E[ln q(z|x) − ln q(z)], the part of the KL by which codes of different images differ. An estimate over N images cannot exceed ln N.</source>
        <translation>E[ln q(z|x) − ln q(z)]：KL 中使不同图像的编码彼此不同的那一部分。用 N 幅图像估计时不会超过 ln N。</translation>
    </message>
    <message>
        <source>E[|f(t + ε) − f(t)|² / ε²] of features f of the picture at share t of a path between the codes of two images, ε = 0.001: how fast features change, 0 where pictures do not depend on codes. Features are those of this program&apos;s Fréchet distance, so that the number is not StyleGAN&apos;s.</source>
        <translation>E[|f(t + ε) − f(t)|² / ε²]，f 是两张图像编码之间路径上比例 t 处图像的特征，ε = 0.001：特征变化有多快；图像与编码无关时为 0。特征是本程序 Fréchet 距离所用的特征，因此不是 StyleGAN 的数值。</translation>
    </message>
    <message>
        <source>Effective rank</source>
        <translation>有效秩</translation>
    </message>
    <message>
        <source>Encodes each image as a distribution over codes, and draws all of them together towards one prior, from which new images can be sampled.</source>
        <translation>把每幅图像编码为编码空间中的一个分布，并把所有分布一起拉向同一个先验，由此可以抽样出新图像。</translation>
    </message>
    <message>
        <source>Energy distance</source>
        <translation>能量距离</translation>
    </message>
    <message>
        <source>Error from true moons</source>
        <translation>与真实月亮的误差</translation>
    </message>
    <message>
        <source>Error half way to full moon</source>
        <translation>半月到满月中点的误差</translation>
    </message>
    <message>
        <source>Every class has too few images to fit on, or to score on.</source>
        <translation>每个类别用于拟合或评分的图像都太少。</translation>
    </message>
    <message>
        <source>Every factor has too few images in its upper or lower third.</source>
        <translation>每个因子最高或最低三分之一的图像都太少。</translation>
    </message>
    <message>
        <source>FD, {of}</source>
        <translation>FD，{of}</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>模型族</translation>
    </message>
    <message>
        <source>Features of real images</source>
        <translation>真实图像的特征</translation>
    </message>
    <message>
        <source>Fewer than two dimensions vary.</source>
        <translation>有变化的维度少于两个。</translation>
    </message>
    <message>
        <source>Foreign images noticed</source>
        <translation>识别外来图像</translation>
    </message>
    <message>
        <source>Fréchet distance |m − m′|² + tr(C + C′ − 2 (C C′)^½) of the features of decoded pictures and of real images, in a small fixed classifier of digits (FD-clf) or, for colour, a fixed random network (FD-random): no FID. It falls with the number of pictures, so compare equal numbers.</source>
        <translation>解码图片与真实图像特征之间的 Fréchet 距离 |m − m′|² + tr(C + C′ − 2 (C C′)^½)；特征取自一个小型固定数字分类器（FD-clf），彩色图像则取自固定的随机网络（FD-random）：不是 FID。它随图片数量增加而减小，因此只比较数量相同的结果。</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>高斯</translation>
    </message>
    <message>
        <source>Gaussian mixture</source>
        <translation>高斯混合</translation>
    </message>
    <message>
        <source>Growing trees</source>
        <translation>正在生长树</translation>
    </message>
    <message>
        <source>Half and full moon decode to the same moon.</source>
        <translation>半月和满月解码为同一个月亮。</translation>
    </message>
    <message>
        <source>Half moons (2 images)</source>
        <translation>半月（2 幅图像）</translation>
    </message>
    <message>
        <source>Half moons (9 images)</source>
        <translation>半月（9 幅图像）</translation>
    </message>
    <message>
        <source>Held-out ln p(z), {of}</source>
        <translation>留出集 ln p(z)，{of}</translation>
    </message>
    <message>
        <source>Hidden half, encoded</source>
        <translation>遮住的一半：编码</translation>
    </message>
    <message>
        <source>Hidden half, refined</source>
        <translation>遮住的一半：优化编码</translation>
    </message>
    <message>
        <source>How evenly the whitened codes fill 6 x 6 cells that each hold 1/36 of N(0, I): entropy over ln 36. Line if the ratio of the axes is below 0.02; else disc above 0.95; else ring if below 1 % of the codes are in the middle and the radius varies by less than 0.2; else irregular.</source>
        <translation>白化后的编码填充 6 x 6 个格子的均匀程度，每格含 N(0, I) 的 1/36：熵除以 ln 36。轴比低于 0.02 为线；否则高于 0.95 为圆盘；否则中部编码少于 1 % 且半径变化小于 0.2 为环；否则为不规则。</translation>
    </message>
    <message>
        <source>How much better the best single dimension predicts a factor by a straight line than the second, averaged over factors: R² of a quantity, share right of a linear support vector classifier of a category.</source>
        <translation>用直线由单个维度预测因子时，最好的维度比第二好的好多少，对各因子取平均：连续因子用 R²，类别因子用线性支持向量分类器的正确率。</translation>
    </message>
    <message>
        <source>How much more the dimension that knows most of a factor knows of it than the second, in shares of the factor&apos;s entropy, averaged over factors: 1 where each factor has a dimension to itself, 0 where two know as much.</source>
        <translation>对每个因子，含其信息最多的维度比第二多的维度多出多少信息，以该因子的熵为单位，再对各因子取平均：每个因子独占一个维度时为 1，两个维度含有同样多的信息时为 0。</translation>
    </message>
    <message>
        <source>How near the picture decoded from the code of a noisy image is to the image without noise: −10 log10 of the mean squared error of pixel values from 0 to 1, averaged over images.</source>
        <translation>由含噪图像的编码解码出的图片与无噪图像有多接近：像素值（0 到 1）均方误差的 −10 log10，对图像取平均。</translation>
    </message>
    <message>
        <source>How well boosted trees predict the factors of images that they were not fitted on, averaged over factors: share right of a category, R² of a quantity.</source>
        <translation>提升树对未参与拟合的图像预测因子的好坏，对各因子取平均：类别因子用正确率，连续因子用 R²。</translation>
    </message>
    <message>
        <source>How well the vector from the mean code of all other images to the mean code of a class tells images of the class from the others, averaged over classes: 1 always, 0.5 as chance would.</source>
        <translation>从其余所有图像的平均编码指向某一类平均编码的向量，能多好地把该类图像与其余图像分开，对各类取平均：1 表示总能分开，0.5 表示与随机相当。</translation>
    </message>
    <message>
        <source>How well the vector from the mean code of images in the lower third of a factor to that in the upper third tells the two apart, averaged over factors: 1 always, 0.5 as chance would.</source>
        <translation>从因子取值最低三分之一图像的平均编码指向最高三分之一图像的平均编码的向量，能多好地把两者分开，对各因子取平均：1 表示总能分开，0.5 表示与随机相当。</translation>
    </message>
    <message>
        <source>IWAE bound − ELBO</source>
        <translation>IWAE 界 − ELBO</translation>
    </message>
    <message>
        <source>IWAE bound, K = 5,000</source>
        <translation>IWAE 界,K = 5,000</translation>
    </message>
    <message>
        <source>Images that have no row in {file} stay without class and factors ({count:,} of {all:,}): {names}.</source>
        <translation>在 {file} 中没有对应行的图像没有类别和因子（{all:,} 幅中的 {count:,} 幅）：{names}。</translation>
    </message>
    <message>
        <source>In how many real images&apos; neighbourhoods of 5 a decoded picture lies, over 5: about 1 for real images, more for pictures that keep to the most usual ones.</source>
        <translation>一幅解码图片落在多少幅真实图像的 5 近邻邻域内，再除以 5：真实图像约为 1，只给出最常见图片时更大。</translation>
    </message>
    <message>
        <source>In one latent dimension every path is straight.</source>
        <translation>潜空间只有一维时，每条路径都是直线。</translation>
    </message>
    <message>
        <source>Information about the image</source>
        <translation>关于图像的信息</translation>
    </message>
    <message>
        <source>Integrating over codes</source>
        <translation>正在对编码积分</translation>
    </message>
    <message>
        <source>It has no prior: what codes from {formula} decode to</source>
        <translation>它没有先验：来自 {formula} 的编码解码后的样子</translation>
    </message>
    <message>
        <source>It is not a finite number for this model.</source>
        <translation>对这个模型它不是有限的数。</translation>
    </message>
    <message>
        <source>It is not defined for any pair.</source>
        <translation>对任何一对图像都没有定义。</translation>
    </message>
    <message>
        <source>It needs a real image besides those of a pair.</source>
        <translation>除一对图像之外还需要一张真实图像。</translation>
    </message>
    <message>
        <source>It needs held-out images alone.</source>
        <translation>只能用留出图像来计算。</translation>
    </message>
    <message>
        <source>It needs images of two classes or more.</source>
        <translation>需要两个或更多类别的图像。</translation>
    </message>
    <message>
        <source>It needs more than {count} held-out images, and as many others to compare them with.</source>
        <translation>需要多于 {count} 幅留出图像，以及同样多的其他图像与之比较。</translation>
    </message>
    <message>
        <source>It needs more than {least} images with known classes; there are {count}.</source>
        <translation>需要多于 {least} 幅已知类别的图像；现有 {count} 幅。</translation>
    </message>
    <message>
        <source>It needs pictures of 3 × 3 pixels or more.</source>
        <translation>需要 3 × 3 像素或更大的图片。</translation>
    </message>
    <message>
        <source>It needs two factors or more that vary.</source>
        <translation>至少需要两个有变化的因子。</translation>
    </message>
    <message>
        <source>It needs two images or more, with finite codes.</source>
        <translation>它需要至少两幅图像，且编码为有限数。</translation>
    </message>
    <message>
        <source>It needs two images or more.</source>
        <translation>至少需要两张图像。</translation>
    </message>
    <message>
        <source>It needs two latent dimensions or more.</source>
        <translation>需要两个或更多潜变量维度。</translation>
    </message>
    <message>
        <source>It needs {least:,} images or more; there are {count:,}.</source>
        <translation>需要 {least:,} 幅或更多图像；现有 {count:,} 幅。</translation>
    </message>
    <message>
        <source>It needs {least} images or more with known classes to fit on; there are {count}.</source>
        <translation>拟合需要至少 {least} 幅已知类别的图像；现有 {count} 幅。</translation>
    </message>
    <message>
        <source>It needs {least} images or more with known factors to fit on, and as many to score on; there are {count}.</source>
        <translation>至少需要 {least} 幅因子已知的图像用于拟合，并需要同样多的图像用于评分；现有 {count} 幅。</translation>
    </message>
    <message>
        <source>It was not measured.</source>
        <translation>未测量。</translation>
    </message>
    <message>
        <source>Judging densities</source>
        <translation>正在评估密度</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>KL warm-up</source>
        <translation>KL 预热</translation>
    </message>
    <message>
        <source>KL(q(z) || p(z)), the rest of the KL: how far all codes together are from the prior.</source>
        <translation>KL(q(z) || p(z))，KL 的其余部分：全部编码合起来离先验有多远。</translation>
    </message>
    <message>
        <source>KL(q(z|x) || p(z)), summed over latent dimensions, averaged over images: what a code says about its image beyond the prior.</source>
        <translation>KL(q(z|x) || p(z))，对潜变量维度求和、对图像取平均：编码在先验之外关于其图像说明了多少。</translation>
    </message>
    <message>
        <source>KL(q(z|x) || p(z|x)): by how much the encoder&apos;s posterior misses the true one, and the ELBO ln p(x).</source>
        <translation>KL(q(z|x) || p(z|x)):编码器的后验偏离真实后验、ELBO 偏离 ln p(x) 的程度。</translation>
    </message>
    <message>
        <source>L2 strength {strength:g}, chosen on a fifth; {images}</source>
        <translation>L2 强度 {strength:g}，在五分之一的图像上选定；{images}</translation>
    </message>
    <message>
        <source>Largest step of the angle of the nearest true line over the whole turn of the path, less what it is for even steps, averaged over pairs: 0 where lines turn evenly, 0.93 where they jump.</source>
        <translation>最近真实线段角度的最大一步除以路径的总转角，再减去均匀转动时的值，对各对取平均：均匀转动时为 0，跳变时为 0.93。</translation>
    </message>
    <message>
        <source>Largest step of the lit fraction of the nearest true moon over the whole change from half to full moon, less what it is for even steps: 0 where moons wax evenly, 0.94 where they jump.</source>
        <translation>从半月到满月，最近真实月亮受光比例的最大一步除以总变化，再减去均匀变化时的值：均匀渐盈时为 0，跳变时为 0.94。</translation>
    </message>
    <message>
        <source>Largest step, {way}</source>
        <translation>最大步长（{way}）</translation>
    </message>
    <message>
        <source>Latent Explorer {version}, {date}</source>
        <translation>Latent Explorer {version}，{date}</translation>
    </message>
    <message>
        <source>Latent dimensions whose posterior mean varies over the images by more than 0.01 of the prior&apos;s variance.</source>
        <translation>后验均值在各图像间的方差大于先验方差的 0.01 的潜变量维度。</translation>
    </message>
    <message>
        <source>Latent map: codes of {count:,} of the measured images</source>
        <translation>潜在图：所测图像中 {count:,} 幅的编码</translation>
    </message>
    <message>
        <source>Latent size</source>
        <translation>潜在维数</translation>
    </message>
    <message>
        <source>Length of the path of pictures from one image&apos;s code to another&apos;s, over the difference of its two ends, averaged over pairs: 1 where pictures cross-fade, more where they make a detour.</source>
        <translation>从一张图像的编码到另一张的编码，沿途图像变化的总长除以两端图像之差，对各对图像取平均：图像交叉淡化时为 1，绕路时更大。</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>似然</translation>
    </message>
    <message>
        <source>Likelihood by quadrature</source>
        <translation>用数值积分求似然</translation>
    </message>
    <message>
        <source>Linear probe</source>
        <translation>线性探针</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>线段</translation>
    </message>
    <message>
        <source>Lit fraction half way to full moon</source>
        <translation>半月到满月中点的受光比例</translation>
    </message>
    <message>
        <source>Losses over training steps, nats per image</source>
        <translation>随训练步数的损失，奈特/图像</translation>
    </message>
    <message>
        <source>MMD</source>
        <translation>MMD</translation>
    </message>
    <message>
        <source>MMD², unbiased</source>
        <translation>MMD²（无偏）</translation>
    </message>
    <message>
        <source>Maximum mean discrepancy of codes and draws of the prior: the root of MMD² of these two samples, above 0 for two samples of the prior, too.</source>
        <translation>编码与先验样本的最大均值差异：这两组样本的 MMD² 的平方根，对先验的两组样本也大于 0。</translation>
    </message>
    <message>
        <source>Mean absolute correlation (Pearson) of two dimensions over all codes: 0 where none tells of another by a straight line.</source>
        <translation>全部编码中两个维度的皮尔逊相关系数绝对值的平均：任何维度都不能用直线说明另一维度时为 0。</translation>
    </message>
    <message>
        <source>Mean log density of codes of held-out images, draws of q(z|x) where there is a posterior. It depends on the units of the codes: it compares densities of one model, never models.</source>
        <translation>留出图像编码的平均对数密度；有后验时取 q(z|x) 的抽样。它取决于编码的单位：只能比较同一模型的不同密度，不能比较模型。</translation>
    </message>
    <message>
        <source>Mean of all codes</source>
        <translation>全部编码的均值</translation>
    </message>
    <message>
        <source>Mean of ln (1/K) Σ p(x|z) p(z) / q(z|x) over K draws z of each posterior: a lower bound on ln p(x) that rises with K from the ELBO, K = 1, to ln p(x) itself.</source>
        <translation>对每个后验取 K 个样本 z,ln (1/K) Σ p(x|z) p(z) / q(z|x) 的平均:ln p(x) 的下界,随 K 从 ELBO(K = 1)上升到 ln p(x) 本身。</translation>
    </message>
    <message>
        <source>Mean squared difference of a picture on the straight path between two moons&apos; codes from the nearest true moon, averaged over pictures and pairs.</source>
        <translation>两个月亮编码之间直线路径上的图像与最近真实月亮之间的均方差，对图像和各对取平均。</translation>
    </message>
    <message>
        <source>Mean squared difference of an image and the picture decoded from its code, without sampling.</source>
        <translation>图像与由其编码直接（不抽样）解码的图像之间的均方误差。</translation>
    </message>
    <message>
        <source>Mean squared difference of the picture half way between the codes of half and full moon from the true 3/4 moon.</source>
        <translation>半月、满月编码正中间的图像与真实的 3/4 月亮之间的均方差。</translation>
    </message>
    <message>
        <source>Mean squared error of the lower half of a picture that is decoded from the code of the image with the mean image in its lower half; black 0 to white 1.</source>
        <translation>将图像下半部换成平均图像后编码再解码，所得图片下半部的均方误差；黑为 0，白为 1。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>测量条件</translation>
    </message>
    <message>
        <source>Measured on {images}.</source>
        <translation>在{images}上测量。</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Measuring distances</source>
        <translation>正在测量距离</translation>
    </message>
    <message>
        <source>Measuring the IWAE bound</source>
        <translation>正在测量 IWAE 界</translation>
    </message>
    <message>
        <source>Mid-grey pixels, {of}</source>
        <translation>中灰像素，{of}</translation>
    </message>
    <message>
        <source>Middle to real images, cross-fade</source>
        <translation>中点到真实图像（交叉淡化）</translation>
    </message>
    <message>
        <source>Middle to real images, {way}</source>
        <translation>中点到真实图像（{way}）</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models side by side: {data}</source>
        <translation>模型对比：{data}</translation>
    </message>
    <message>
        <source>Mutual information gap</source>
        <translation>互信息差距（MIG）</translation>
    </message>
    <message>
        <source>N(0, I)</source>
        <translation>N(0, I)</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>No classifier of these classes comes with the program, only one of grey digits.</source>
        <translation>程序没有附带这些类别的分类器，只有灰度数字的分类器。</translation>
    </message>
    <message>
        <source>No factor varies over these images.</source>
        <translation>这些图像的因子都没有变化。</translation>
    </message>
    <message>
        <source>No image of {title} is held out, all are trained on; choose --which train.</source>
        <translation>{title} 没有留出图像，全部都用于训练；请选择 --which train。</translation>
    </message>
    <message>
        <source>No image to score on has a class that others to fit on have.</source>
        <translation>用于评分的图像中，没有一幅的类别出现在用于拟合的图像里。</translation>
    </message>
    <message>
        <source>No image to score on has a known class.</source>
        <translation>没有可评分的已知类别的图像。</translation>
    </message>
    <message>
        <source>Noise taken away</source>
        <translation>去噪</translation>
    </message>
    <message>
        <source>Of images that {file} names again the first row is used; further rows: {count:,} ({names}).</source>
        <translation>{file} 中重复出现的图像只用第一行；另外 {count:,} 行未使用（{names}）。</translation>
    </message>
    <message>
        <source>One file is an animation: its first frame is an image; further frames left out: {count:,}.</source>
        <translation>1 个文件是动画：第一帧作为图像；其余 {count:,} 帧未读入。</translation>
    </message>
    <message>
        <source>One saved moment of the run could not be read; the others are there.</source>
        <translation>训练的 1 个已保存时刻无法读取；其余的都在。</translation>
    </message>
    <message>
        <source>Only {active:,} of {latent:,} dimensions are active; the others say nothing about an image.</source>
        <translation>{latent:,} 个维度中只有 {active:,} 个活跃；其余的对图像什么也没说。</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Path over chord, {way}</source>
        <translation>路径长与弦长之比（{way}）</translation>
    </message>
    <message>
        <source>Paths between images</source>
        <translation>图像之间的路径</translation>
    </message>
    <message>
        <source>Paths between lines or moons</source>
        <translation>线段或月亮之间的路径</translation>
    </message>
    <message>
        <source>Paths between pairs of images</source>
        <translation>成对图像之间的路径</translation>
    </message>
    <message>
        <source>Perceptual path length, {way}</source>
        <translation>感知路径长度（{way}）</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Pictures do not change along any of the paths.</source>
        <translation>图像沿任何路径都没有变化。</translation>
    </message>
    <message>
        <source>Precision of 10 retrieved</source>
        <translation>检索 10 幅的精确率</translation>
    </message>
    <message>
        <source>Precision, {of}</source>
        <translation>精确率，{of}</translation>
    </message>
    <message>
        <source>Recall, {of}</source>
        <translation>召回率，{of}</translation>
    </message>
    <message>
        <source>Reconstruction and KL</source>
        <translation>重构与 KL</translation>
    </message>
    <message>
        <source>Reconstruction loss</source>
        <translation>重构损失</translation>
    </message>
    <message>
        <source>Rendering dots</source>
        <translation>正在绘制光点</translation>
    </message>
    <message>
        <source>Rendering lines</source>
        <translation>正在绘制线段</translation>
    </message>
    <message>
        <source>Rendering sprites</source>
        <translation>正在绘制几何图形</translation>
    </message>
    <message>
        <source>Ring index: share of codes whose whitened radius is below 0.4 of the median radius. A ring has none.</source>
        <translation>环指数：白化半径小于中位半径 0.4 倍的编码所占比例。环没有这样的编码。</translation>
    </message>
    <message>
        <source>Rows of {file} that name no image here, or several, are not used ({count:,} of {all:,}): {names}.</source>
        <translation>{file} 中不对应任何图像或对应多幅图像的行未使用（{all:,} 行中的 {count:,} 行）：{names}。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Sample density, {of}</source>
        <translation>样本密度，{of}</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Samples from the prior {formula}</source>
        <translation>从先验 {formula} 抽取的样本</translation>
    </message>
    <message>
        <source>Seed, batch</source>
        <translation>种子，批大小</translation>
    </message>
    <message>
        <source>Separated attribute predictability</source>
        <translation>属性分离可预测性（SAP）</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Shape of the code cloud</source>
        <translation>编码云的形状</translation>
    </message>
    <message>
        <source>Share of decoded pictures nearer to some real image than its 5th real neighbour is. One good picture again and again reaches 1: read it with recall and coverage only.</source>
        <translation>与某幅真实图像的距离小于该图像到其第 5 个真实近邻距离的解码图片所占的比例。反复给出同一幅好图片也能达到 1：只能与召回率和覆盖率一起看。</translation>
    </message>
    <message>
        <source>Share of held-out images whose class a linear classifier, multinomial logistic regression, tells from their codes; it is fitted on codes of training images.</source>
        <translation>线性分类器（多项逻辑回归）能从编码判断出类别的留出图像的比例；分类器用训练图像的编码拟合。</translation>
    </message>
    <message>
        <source>Share of held-out images whose class is that of most of the five training images with the nearest codes.</source>
        <translation>类别与编码最近的五幅训练图像中多数的类别相同的留出图像的比例。</translation>
    </message>
    <message>
        <source>Share of images whose picture a classifier takes for the class it is to become when the mean code of its own class is subtracted from its code and that of the other class is added.</source>
        <translation>从图像的编码中减去其所属类别的平均编码、加上另一类的平均编码后，解码图像被分类器认作目标类别的图像比例。</translation>
    </message>
    <message>
        <source>Share of pairs of a foreign image and a held-out one in which the foreign one has the larger loss: 1 always, 0.5 as chance would, less where foreign images cost less than real ones.</source>
        <translation>在一幅外来图像与一幅留出图像组成的各对中，外来图像损失更大的比例：1 为总是如此，0.5 相当于随机，更小则外来图像的损失低于真实图像。</translation>
    </message>
    <message>
        <source>Share of pairs of a mean of two images and a held-out image in which the mean has the larger loss: 1 always, 0.5 as chance would, less where cross-fades cost less than real images.</source>
        <translation>在一幅由两图取平均的图像与一幅留出图像组成的各对中，平均图像损失更大的比例：1 为总是如此，0.5 相当于随机，更小则叠化图像的损失低于真实图像。</translation>
    </message>
    <message>
        <source>Share of pixel values between 0.2 and 0.8: more than in real images means blur or mixtures of images, where these are black and white.</source>
        <translation>介于 0.2 与 0.8 之间的像素值所占的比例：若真实图像黑白分明，高于真实图像即表示模糊或图像混合。</translation>
    </message>
    <message>
        <source>Share of real images nearer to some decoded picture than its 5th decoded neighbour is. Pictures far from all others have large neighbourhoods and raise it.</source>
        <translation>与某幅解码图片的距离小于该图片到其第 5 个解码近邻距离的真实图像所占的比例。远离其他图片的图片邻域很大，会使它偏高。</translation>
    </message>
    <message>
        <source>Share of real images with a decoded picture nearer than their 5th real neighbour: whether all kinds of images come.</source>
        <translation>有解码图片比其第 5 个真实近邻更近的真实图像所占的比例：是否各类图像都能出现。</translation>
    </message>
    <message>
        <source>Share of the ten other images with the codes nearest to that of an image that have the image&apos;s class.</source>
        <translation>在编码与某图像最近的其他十幅图像中，与该图像同类的比例。</translation>
    </message>
    <message>
        <source>Sharpness, {of}</source>
        <translation>清晰度，{of}</translation>
    </message>
    <message>
        <source>Shorter axis of the cloud</source>
        <translation>编码云的短轴</translation>
    </message>
    <message>
        <source>Smoothness of turning</source>
        <translation>转动的平滑度</translation>
    </message>
    <message>
        <source>Smoothness of waxing</source>
        <translation>渐盈的平滑度</translation>
    </message>
    <message>
        <source>Some codes are not finite numbers.</source>
        <translation>有些编码不是有限的数。</translation>
    </message>
    <message>
        <source>Some decoded pictures are not finite numbers.</source>
        <translation>部分解码出的图像含有非有限数值。</translation>
    </message>
    <message>
        <source>Some σ of these posteriors are 0.</source>
        <translation>这些后验中有的 σ 为 0。</translation>
    </message>
    <message>
        <source>Spherical paths are for models with the prior N(0, I).</source>
        <translation>球面路径只适用于先验为 N(0, I) 的模型。</translation>
    </message>
    <message>
        <source>Spread of all codes</source>
        <translation>全部编码的散布</translation>
    </message>
    <message>
        <source>Sprites</source>
        <translation>几何图形</translation>
    </message>
    <message>
        <source>Squared error</source>
        <translation>平方误差</translation>
    </message>
    <message>
        <source>Standard deviation of the whitened radius over its mean: 0 for a thin ring.</source>
        <translation>白化半径的标准差除以其均值：细环为 0。</translation>
    </message>
    <message>
        <source>Standard deviation over codes drawn from the posteriors, averaged over dimensions: 1 where they are as wide as the prior, more where they have outgrown it.</source>
        <translation>从各后验抽取的编码的标准差，对维度取平均：与先验同宽时为 1，超出先验时更大。</translation>
    </message>
    <message>
        <source>The classifier of digits recognises only {share:.0%} of these images.</source>
        <translation>数字分类器只认得这些图像的 {share:.0%}。</translation>
    </message>
    <message>
        <source>The code of an image is not a finite number.</source>
        <translation>有图像的编码不是有限数。</translation>
    </message>
    <message>
        <source>The codes are too uneven for it to be fitted to them.</source>
        <translation>编码过于不均，无法拟合。</translation>
    </message>
    <message>
        <source>The data are lines, not moons.</source>
        <translation>数据是线段，不是月亮。</translation>
    </message>
    <message>
        <source>The data are moons, not lines.</source>
        <translation>数据是月亮，不是线段。</translation>
    </message>
    <message>
        <source>The data are neither lines nor moons.</source>
        <translation>数据既不是线段也不是月亮。</translation>
    </message>
    <message>
        <source>The data have neither classes nor known factors.</source>
        <translation>数据既没有类别，也没有已知的因子。</translation>
    </message>
    <message>
        <source>The data have no classes.</source>
        <translation>这些数据没有类别。</translation>
    </message>
    <message>
        <source>The data have no known factors.</source>
        <translation>这些数据没有已知的因子。</translation>
    </message>
    <message>
        <source>The decoder gives values that are not finite numbers.</source>
        <translation>解码器给出的值不是有限数。</translation>
    </message>
    <message>
        <source>The decoder of this model has no gradient.</source>
        <translation>此模型的解码器没有梯度。</translation>
    </message>
    <message>
        <source>The held-out share must be between 0 and 0.5.</source>
        <translation>留出比例必须在 0 到 0.5 之间。</translation>
    </message>
    <message>
        <source>The images are all the same one.</source>
        <translation>所有图像都是同一幅。</translation>
    </message>
    <message>
        <source>The images that these models are to be measured on are not at hand.</source>
        <translation>用来测量这些模型的图像不在手边。</translation>
    </message>
    <message>
        <source>The largest change from one picture of the path to the next over the mean change, averaged over pairs: 1 where pictures change evenly, as many as there are steps where they jump.</source>
        <translation>路径上相邻图像的最大变化除以平均变化，对各对图像取平均：均匀变化时为 1，跳变时等于步数。</translation>
    </message>
    <message>
        <source>The learned σ² of this model is not known.</source>
        <translation>这个模型学到的 σ² 未知。</translation>
    </message>
    <message>
        <source>The likelihood of an image is not a finite number.</source>
        <translation>有图像的似然不是有限数。</translation>
    </message>
    <message>
        <source>The loss of some images is not a finite number.</source>
        <translation>某些图像的损失不是有限数。</translation>
    </message>
    <message>
        <source>The loss of {model} became {loss} at step {step}</source>
        <translation>{model} 的损失在第 {step} 步变为 {loss}</translation>
    </message>
    <message>
        <source>The models differ in: {what}.</source>
        <translation>模型的差别在于：{what}。</translation>
    </message>
    <message>
        <source>The models differ only in: {what}.</source>
        <translation>模型的差别仅在于：{what}。</translation>
    </message>
    <message>
        <source>The models do not differ: same batches, same initial weights.</source>
        <translation>两个模型没有差别：批次相同，初始权重相同。</translation>
    </message>
    <message>
        <source>The nearest line is the same at both ends of every path.</source>
        <translation>每条路径两端的最近线段都相同。</translation>
    </message>
    <message>
        <source>The run in {path} cannot go on: {reason}</source>
        <translation>{path} 中的训练无法继续：{reason}</translation>
    </message>
    <message>
        <source>The same distance of the mean picture of the two images themselves: what a path of pictures is that has learned nothing. A property of the data, not of the model.</source>
        <translation>两张图像本身的平均图像的同一距离：什么也没学到的路径就是如此。这是数据的性质，与模型无关。</translation>
    </message>
    <message>
        <source>The tool {name} is left out: {reason}</source>
        <translation>工具 {name} 未被载入：{reason}</translation>
    </message>
    <message>
        <source>The two ends of every path decode to the same picture.</source>
        <translation>每条路径的两端都解码为同一图像。</translation>
    </message>
    <message>
        <source>The σ of these posteriors are not known.</source>
        <translation>这些后验的 σ 未知。</translation>
    </message>
    <message>
        <source>This model has no likelihood of an image.</source>
        <translation>此模型没有图像的似然。</translation>
    </message>
    <message>
        <source>This model has no posterior and no prior.</source>
        <translation>该模型没有后验，也没有先验。</translation>
    </message>
    <message>
        <source>This model has no posterior.</source>
        <translation>此模型没有后验。</translation>
    </message>
    <message>
        <source>This model has no prior to compare its codes with.</source>
        <translation>此模型没有可与编码比较的先验。</translation>
    </message>
    <message>
        <source>This model has no prior, and so no probability of an image.</source>
        <translation>此模型没有先验,因此没有图像的概率。</translation>
    </message>
    <message>
        <source>This model has no prior.</source>
        <translation>该模型没有先验。</translation>
    </message>
    <message>
        <source>Too few images to hold any out: all are trained on, and figures are of training images.</source>
        <translation>图像太少，无法留出：全部用于训练，数值针对训练图像。</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>True images are looked for in up to {side} × {side} pixels.</source>
        <translation>只在不超过 {side} × {side} 像素时查找真实图像。</translation>
    </message>
    <message>
        <source>Try a larger β, or a smaller learning rate if the loss jumps.</source>
        <translation>试试更大的 β；若损失跳动，试试更小的学习率。</translation>
    </message>
    <message>
        <source>Try a smaller β to use more of them; or fewer dimensions, at no loss.</source>
        <translation>试试更小的 β 以使用更多维度；或减少维度，并无损失。</translation>
    </message>
    <message>
        <source>Try a smaller β, a longer warm-up of β, or a smaller decoder.</source>
        <translation>试试更小的 β、更长的 β 预热，或更小的解码器。</translation>
    </message>
    <message>
        <source>Try a β below {beta:g}, a longer warm-up of β, or a smaller decoder.</source>
        <translation>试试低于 {beta:g} 的 β、更长的 β 预热，或更小的解码器。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Variance of the Laplacian of a picture, averaged over pictures: as much as of real images is right; less is blurred, more is noise.</source>
        <translation>图片拉普拉斯的方差，对图片取平均：与真实图像相同为宜；更小是模糊，更大是噪声。</translation>
    </message>
    <message>
        <source>Variation of the radius</source>
        <translation>半径的变化</translation>
    </message>
    <message>
        <source>What it is good for</source>
        <translation>有何用处</translation>
    </message>
    <message>
        <source>What the ELBO lacks to the IWAE bound of the same draws: nearly KL(q(z|x) || p(z|x)), by which the encoder misses the true posterior.</source>
        <translation>ELBO 与同一批样本的 IWAE 界之差:近似 KL(q(z|x) || p(z|x)),即编码器偏离真实后验的程度。</translation>
    </message>
    <message>
        <source>What the IWAE bound of 1,000 draws lacks to ln p(x): near 0 unless q misses part of p(z|x).</source>
        <translation>1,000 个样本的 IWAE 界与 ln p(x) 之差:除非 q 漏掉了 p(z|x) 的一部分,否则接近 0。</translation>
    </message>
    <message>
        <source>What the codes say</source>
        <translation>编码说明了什么</translation>
    </message>
    <message>
        <source>What the measures are</source>
        <translation>各指标的含义</translation>
    </message>
    <message>
        <source>a cross-fade</source>
        <translation>交叉淡化</translation>
    </message>
    <message>
        <source>a pixel value, black 0 to white 1</source>
        <translation>每个像素值，黑 0 到白 1</translation>
    </message>
    <message>
        <source>always the most frequent class</source>
        <translation>总是猜最常见的类别</translation>
    </message>
    <message>
        <source>angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>as many draws of N(0, I)</source>
        <translation>同样数量的 N(0, I) 样本</translation>
    </message>
    <message>
        <source>as many draws of the prior</source>
        <translation>同样数量的先验样本</translation>
    </message>
    <message>
        <source>as many draws of the prior in place of codes</source>
        <translation>以同样数量的先验样本代替编码</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最好</translation>
    </message>
    <message>
        <source>better</source>
        <translation>更好</translation>
    </message>
    <message>
        <source>binarised images</source>
        <translation>二值化图像</translation>
    </message>
    <message>
        <source>bits a pixel value</source>
        <translation>比特/像素值</translation>
    </message>
    <message>
        <source>by the distance to the mean of training images</source>
        <translation>按到训练图像平均的距离</translation>
    </message>
    <message>
        <source>by the pixels of the same images</source>
        <translation>用相同图像的像素</translation>
    </message>
    <message>
        <source>codes of {count:,} held-out images</source>
        <translation>{count:,} 幅留出图像的编码</translation>
    </message>
    <message>
        <source>codes of {count:,} held-out images, one draw of q(z|x) each</source>
        <translation>{count:,} 幅留出图像的编码，每幅从 q(z|x) 抽样一次</translation>
    </message>
    <message>
        <source>cosine distance</source>
        <translation>余弦距离</translation>
    </message>
    <message>
        <source>cross-fades of the images</source>
        <translation>图像的交叉淡化</translation>
    </message>
    <message>
        <source>dB PSNR</source>
        <translation>dB PSNR</translation>
    </message>
    <message>
        <source>disc</source>
        <translation>圆盘</translation>
    </message>
    <message>
        <source>exp of the entropy of the normalised singular values of the centred codes: how many dimensions the cloud of codes uses.</source>
        <translation>中心化编码的归一化奇异值的熵取 exp：编码点云用了多少个维度。</translation>
    </message>
    <message>
        <source>f = {lit:.3f}; {path}</source>
        <translation>f = {lit:.3f}；{path}</translation>
    </message>
    <message>
        <source>factors</source>
        <translation>因子</translation>
    </message>
    <message>
        <source>fitted on {fit:,} and scored on {score:,} others of {images}</source>
        <translation>在{images}中用 {fit:,} 幅拟合，用另外 {score:,} 幅评分</translation>
    </message>
    <message>
        <source>fitted on {fit:,} training images, scored on {images}</source>
        <translation>用 {fit:,} 幅训练图像拟合，在{images}上评分</translation>
    </message>
    <message>
        <source>gratings</source>
        <translation>光栅</translation>
    </message>
    <message>
        <source>held-out images of {data}</source>
        <translation>{data} 的留出图像</translation>
    </message>
    <message>
        <source>held-out total, β = 1</source>
        <translation>留出总损失，β = 1</translation>
    </message>
    <message>
        <source>higher is better</source>
        <translation>越高越好</translation>
    </message>
    <message>
        <source>how long they were trained ({steps} steps)</source>
        <translation>训练时长（{steps} 步）</translation>
    </message>
    <message>
        <source>image by image</source>
        <translation>逐图像比较</translation>
    </message>
    <message>
        <source>irregular</source>
        <translation>不规则</translation>
    </message>
    <message>
        <source>kernel density</source>
        <translation>核密度</translation>
    </message>
    <message>
        <source>latent dimensions</source>
        <translation>个潜变量维度</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>line</source>
        <translation>线</translation>
    </message>
    <message>
        <source>ln N, above which no estimate over these images can be</source>
        <translation>ln N，用这些图像所作的估计不会超过它</translation>
    </message>
    <message>
        <source>ln p(x)</source>
        <translation>ln p(x)</translation>
    </message>
    <message>
        <source>ln p(x) − ELBO</source>
        <translation>ln p(x) − ELBO</translation>
    </message>
    <message>
        <source>ln p(x) − IWAE bound, K = 1,000</source>
        <translation>ln p(x) − IWAE 界,K = 1,000</translation>
    </message>
    <message>
        <source>ln ∫ p(x|z) p(z) dz, the log-likelihood of an image itself, summed over a grid that is refined where the true posterior p(z|x) is: for one or two latent dimensions.</source>
        <translation>ln ∫ p(x|z) p(z) dz,图像的对数似然本身,在真实后验 p(z|x) 所在处加密的网格上求和:适用于一维或二维潜空间。</translation>
    </message>
    <message>
        <source>lower is better</source>
        <translation>越低越好</translation>
    </message>
    <message>
        <source>mean steps</source>
        <translation>倍平均步长</translation>
    </message>
    <message>
        <source>means of two of them</source>
        <translation>其中两幅的平均</translation>
    </message>
    <message>
        <source>model family</source>
        <translation>模型族</translation>
    </message>
    <message>
        <source>moved as far in random directions</source>
        <translation>沿随机方向移动同样距离</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>n/a: {reason}</source>
        <translation>不可用：{reason}</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <source>neither direction is better</source>
        <translation>高低无优劣之分</translation>
    </message>
    <message>
        <source>not compared: no interval</source>
        <translation>不比较：没有区间</translation>
    </message>
    <message>
        <source>not compared: other likelihoods, or other pixels</source>
        <translation>不比较：似然或像素种类不同</translation>
    </message>
    <message>
        <source>nothing to compare</source>
        <translation>没有可比较的</translation>
    </message>
    <message>
        <source>of a real image</source>
        <translation>真实图像的值</translation>
    </message>
    <message>
        <source>of its features&apos; size</source>
        <translation>倍自身特征大小</translation>
    </message>
    <message>
        <source>of its mean</source>
        <translation>（与均值之比）</translation>
    </message>
    <message>
        <source>of the disc, from 3/4</source>
        <translation>圆面，与 3/4 之差</translation>
    </message>
    <message>
        <source>of the highest entropy</source>
        <translation>（占最大熵的比例）</translation>
    </message>
    <message>
        <source>of the longer one, in variance</source>
        <translation>（与长轴的方差之比）</translation>
    </message>
    <message>
        <source>one factor; {images}</source>
        <translation>一个因子；{images}</translation>
    </message>
    <message>
        <source>one held-out image</source>
        <translation>1 张留出图像</translation>
    </message>
    <message>
        <source>one pair; {images}</source>
        <translation>一对图像；{images}</translation>
    </message>
    <message>
        <source>one path of {count} pictures from half to full moon</source>
        <translation>从半月到满月的一条路径，{count} 张图像</translation>
    </message>
    <message>
        <source>one training image</source>
        <translation>1 张训练图像</translation>
    </message>
    <message>
        <source>orientation</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>paths</source>
        <translation>条路径</translation>
    </message>
    <message>
        <source>pictures of the moon</source>
        <translation>月亮图片</translation>
    </message>
    <message>
        <source>prior</source>
        <translation>先验</translation>
    </message>
    <message>
        <source>random directions, 1 in 20 above</source>
        <translation>随机方向，每 20 个有 1 个更高</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>reconstruction loss</source>
        <translation>重构损失</translation>
    </message>
    <message>
        <source>reconstructions</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>reconstructions of {images}</source>
        <translation>{images}的重构</translation>
    </message>
    <message>
        <source>ring</source>
        <translation>环</translation>
    </message>
    <message>
        <source>sampling + β KL</source>
        <translation>采样 + β KL</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>share of codes</source>
        <translation>（占编码的比例）</translation>
    </message>
    <message>
        <source>share of images</source>
        <translation>图像的比例</translation>
    </message>
    <message>
        <source>share of pictures</source>
        <translation>图片占比</translation>
    </message>
    <message>
        <source>share of pixel values</source>
        <translation>像素值占比</translation>
    </message>
    <message>
        <source>share of real images</source>
        <translation>真实图像占比</translation>
    </message>
    <message>
        <source>share of those retrieved</source>
        <translation>检索结果的比例</translation>
    </message>
    <message>
        <source>spherical</source>
        <translation>球面</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>平方误差</translation>
    </message>
    <message>
        <source>squared error a pixel value</source>
        <translation>每个像素值的平方误差</translation>
    </message>
    <message>
        <source>squared features</source>
        <translation>特征的平方</translation>
    </message>
    <message>
        <source>squared grey levels, white 1</source>
        <translation>灰度的平方，白为 1</translation>
    </message>
    <message>
        <source>squared units of the features</source>
        <translation>特征单位的平方</translation>
    </message>
    <message>
        <source>standard deviations of the prior</source>
        <translation>先验的标准差</translation>
    </message>
    <message>
        <source>static binarisation</source>
        <translation>静态二值化</translation>
    </message>
    <message>
        <source>straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>the best Gaussian blur, of {width:.2g} pixels</source>
        <translation>最佳高斯模糊，{width:.2g} 像素</translation>
    </message>
    <message>
        <source>the cross-fade of the two</source>
        <translation>两者的交叉淡化</translation>
    </message>
    <message>
        <source>the mean of {count:,} training images</source>
        <translation>{count:,} 幅训练图像的平均</translation>
    </message>
    <message>
        <source>the same codes with the factors of other images</source>
        <translation>同样的编码配上其他图像的因子</translation>
    </message>
    <message>
        <source>the {count:,} with known classes of {images}</source>
        <translation>{images}中已知类别的 {count:,} 幅</translation>
    </message>
    <message>
        <source>the {count:,} with known factors of {images}</source>
        <translation>{images}中因子已知的 {count:,} 幅</translation>
    </message>
    <message>
        <source>the {count} of {of} dimensions that vary; {images}</source>
        <translation>{of} 个维度中有变化的 {count} 个；{images}</translation>
    </message>
    <message>
        <source>the {count} of {of} factors that vary; {images}</source>
        <translation>{of} 个因子中有变化的 {count} 个；{images}</translation>
    </message>
    <message>
        <source>their centre is {offset:.2g} spreads from that of the prior</source>
        <translation>其中心离先验中心 {offset:.2g} 个标准差</translation>
    </message>
    <message>
        <source>their spread is {spread:.2g} times that of the prior</source>
        <translation>其展布是先验的 {spread:.2g} 倍</translation>
    </message>
    <message>
        <source>they are {marginal:.1f} nats from it</source>
        <translation>与它相距 {marginal:.1f} nat</translation>
    </message>
    <message>
        <source>tie: within chance</source>
        <translation>平局：差异在偶然范围内</translation>
    </message>
    <message>
        <source>tie: {names}</source>
        <translation>平局：{names}</translation>
    </message>
    <message>
        <source>training images of {data}</source>
        <translation>{data} 的训练图像</translation>
    </message>
    <message>
        <source>training total</source>
        <translation>训练总损失</translation>
    </message>
    <message>
        <source>what arrived has the wrong checksum</source>
        <translation>收到的内容校验和不对</translation>
    </message>
    <message>
        <source>what it wrote cannot be played</source>
        <translation>它写出的内容无法播放</translation>
    </message>
    <message>
        <source>what it wrote holds {count} of {frames} frames</source>
        <translation>它写出了 {frames} 帧中的 {count} 帧</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>y</source>
        <translation>y</translation>
    </message>
    <message>
        <source>{array} ({count:,} images of {height} x {width})</source>
        <translation>{array}（{count:,} 幅 {height} x {width} 的图像）</translation>
    </message>
    <message>
        <source>{array} and {other} differ in shape or type; save them alike.</source>
        <translation>{array} 与 {other} 的形状或类型不同；请以相同方式保存。</translation>
    </message>
    <message>
        <source>{array} cannot be unpacked ({reason}); save it again with numpy.savez.</source>
        <translation>无法解压 {array}（{reason}）；请用 numpy.savez 重新保存。</translation>
    </message>
    <message>
        <source>{array} declares {declared:,} bytes, which its {packed:,} packed bytes cannot hold; it is cut short or damaged.</source>
        <translation>{array} 声明有 {declared:,} 字节，其 {packed:,} 字节的压缩数据容纳不下；它不完整或已损坏。</translation>
    </message>
    <message>
        <source>{array} declares {shape} values of {dtype}, {needed:,} bytes, but holds {size:,}; it is cut short or damaged.</source>
        <translation>{array} 声明有 {shape} 个 {dtype} 数值，共 {needed:,} 字节，实际只有 {size:,} 字节；它已截断或损坏。</translation>
    </message>
    <message>
        <source>{array} has a damaged header; save the array again.</source>
        <translation>{array} 的文件头已损坏；请重新保存数组。</translation>
    </message>
    <message>
        <source>{array} has a header of {length:,} bytes, which no array has; it is damaged.</source>
        <translation>{array} 的文件头有 {length:,} 字节，没有数组是这样的；它已损坏。</translation>
    </message>
    <message>
        <source>{array} has the shape {shape}; images are N x H x W, N x H x W x C or N x C x H x W with 1 or 3 channels, or N x D with D a square number such as 784.</source>
        <translation>{array} 的形状为 {shape}；图像须为 N x H x W，1 或 3 个通道的 N x H x W x C 或 N x C x H x W，或 N x D，其中 D 为平方数，如 784。</translation>
    </message>
    <message>
        <source>{array} has {rows:,} rows for {images:,} images; save one row an image.</source>
        <translation>{array} 有 {rows:,} 行，而图像有 {images:,} 幅；请按每幅图像一行保存。</translation>
    </message>
    <message>
        <source>{array} holds factors that are not finite; replace them first.</source>
        <translation>{array} 含有非有限的因子；请先替换它们。</translation>
    </message>
    <message>
        <source>{array} holds images of {height} x {width} pixels; between 2 and {most} a side can be used.</source>
        <translation>{array} 含有 {height} x {width} 像素的图像；可用的边长为 2 至 {most}。</translation>
    </message>
    <message>
        <source>{array} holds no rows (its shape is {shape}); choose an array of images.</source>
        <translation>{array} 没有任何行（形状为 {shape}）；请选择图像数组。</translation>
    </message>
    <message>
        <source>{array} holds one image only; at least two are needed.</source>
        <translation>{array} 只有一幅图像；至少需要两幅。</translation>
    </message>
    <message>
        <source>{array} holds text, not pixel values; choose an array of numbers.</source>
        <translation>{array} 含有的是文本而不是像素值；请选择数值数组。</translation>
    </message>
    <message>
        <source>{array} holds the label {label}; only -1, for unknown, may be negative.</source>
        <translation>{array} 含有标签 {label}；只有表示未知的 -1 可以为负。</translation>
    </message>
    <message>
        <source>{array} holds values from {low:g} to {high:g}; save {formula} instead, which lies within 0 to 1 (on the command line --white {level:g} shows all below 0 as black).</source>
        <translation>{array} 含有 {low:g} 到 {high:g} 的值；请改存 {formula}，其值在 0 到 1 之间（命令行的 --white {level:g} 会把所有低于 0 的值显示为黑色）。</translation>
    </message>
    <message>
        <source>{array} holds values of the type {descr}; save plain numbers instead.</source>
        <translation>{array} 含有类型为 {descr} 的值；请改为保存普通数值。</translation>
    </message>
    <message>
        <source>{array} holds values that are not finite (NaN or infinity); replace them first.</source>
        <translation>{array} 含有非有限的值（NaN 或无穷）；请先替换它们。</translation>
    </message>
    <message>
        <source>{array} holds {count:,} different labels; at most {most:,} can be used.</source>
        <translation>{array} 含有 {count:,} 种不同的标签；最多可用 {most:,} 种。</translation>
    </message>
    <message>
        <source>{array} is cut short; save the array again.</source>
        <translation>{array} 已截断；请重新保存数组。</translation>
    </message>
    <message>
        <source>{array} is not a NumPy array; save one with numpy.save or numpy.savez.</source>
        <translation>{array} 不是 NumPy 数组；请用 numpy.save 或 numpy.savez 保存。</translation>
    </message>
    <message>
        <source>{array} is not a table of numbers; save one row of factors an image.</source>
        <translation>{array} 不是数值表；请为每幅图像保存一行因子。</translation>
    </message>
    <message>
        <source>{choice} is neither a folder nor a .npy or .npz file; choose the folder of the images.</source>
        <translation>{choice} 既不是文件夹，也不是 .npy 或 .npz 文件；请选择图像所在的文件夹。</translation>
    </message>
    <message>
        <source>{conditions}; without the {count:,} of which it is not defined</source>
        <translation>{conditions}；不含没有定义的 {count:,} 对</translation>
    </message>
    <message>
        <source>{count:,} columns of {name} never vary and are left out.</source>
        <translation>{name} 有 {count:,} 列始终不变，已略去。</translation>
    </message>
    <message>
        <source>{count:,} draws of N(0, I), which is no part of this model</source>
        <translation>{count:,} 个 N(0, I) 抽样，它不属于该模型</translation>
    </message>
    <message>
        <source>{count:,} draws of a density fitted to codes of {fitted:,} training images</source>
        <translation>{count:,} 个抽样，取自拟合 {fitted:,} 幅训练图像编码的密度</translation>
    </message>
    <message>
        <source>{count:,} draws of a mixture of {kept} Gaussians fitted to codes of {fitted:,} training images</source>
        <translation>{count:,} 个抽样，取自拟合 {fitted:,} 幅训练图像编码的 {kept} 个高斯的混合</translation>
    </message>
    <message>
        <source>{count:,} draws of {formula}</source>
        <translation>{count:,} 个 {formula} 抽样</translation>
    </message>
    <message>
        <source>{count:,} held-out images</source>
        <translation>{count:,} 幅留出图像</translation>
    </message>
    <message>
        <source>{count:,} images</source>
        <translation>{count:,} 幅图像</translation>
    </message>
    <message>
        <source>{count:,} images from {path}, brought to {side} x {side} pixels,</source>
        <translation>{path} 中的 {count:,} 幅图像（缩放为 {side} x {side} 像素）</translation>
    </message>
    <message>
        <source>{count:,} images, one other class each, judged by a classifier right about {real:.1%} of the real ones; {images}</source>
        <translation>{count:,} 幅图像，每幅移向另一个类别，由一个对真实图像正确率为 {real:.1%} 的分类器判断；{images}</translation>
    </message>
    <message>
        <source>{count:,} lines of {size} x {size} pixels together</source>
        <translation>共 {count:,} 条 {size} x {size} 像素的线段</translation>
    </message>
    <message>
        <source>{count:,} of them, one draw of q(z|x) each</source>
        <translation>其中 {count:,} 幅，每幅从 q(z|x) 抽样一次</translation>
    </message>
    <message>
        <source>{count:,} of {all:,} rows of {name} are of no known class.</source>
        <translation>{name} 的 {all:,} 行中有 {count:,} 行不属于任何已知类别。</translation>
    </message>
    <message>
        <source>{count:,} of {images}</source>
        <translation>{images}中的 {count:,} 个</translation>
    </message>
    <message>
        <source>{count:,} of {images}, each among the others; by chance {chance:.3f}</source>
        <translation>{images}中的 {count:,} 幅，各在其余之中检索；随机为 {chance:.3f}</translation>
    </message>
    <message>
        <source>{count:,} pairs of different classes; {images}</source>
        <translation>{count:,} 对不同类别的图像；{images}</translation>
    </message>
    <message>
        <source>{count:,} pairs; {images}</source>
        <translation>{count:,} 对图像；{images}</translation>
    </message>
    <message>
        <source>{count:,} training images</source>
        <translation>{count:,} 幅训练图像</translation>
    </message>
    <message>
        <source>{count} classes; {images}</source>
        <translation>{count} 个类别；{images}</translation>
    </message>
    <message>
        <source>{count} factors; {images}</source>
        <translation>{count} 个因子；{images}</translation>
    </message>
    <message>
        <source>{count} of {images}, the lower half hidden</source>
        <translation>{images}中的 {count} 幅，遮住下半部</translation>
    </message>
    <message>
        <source>{count} of {of} classes; {images}</source>
        <translation>{of} 个类别中的 {count} 个；{images}</translation>
    </message>
    <message>
        <source>{count} of {of} factors; {images}</source>
        <translation>{of} 个因子中的 {count} 个；{images}</translation>
    </message>
    <message>
        <source>{density}, {seen}</source>
        <translation>{density}，{seen}</translation>
    </message>
    <message>
        <source>{family} {suffix}</source>
        <translation>{family} {suffix}</translation>
    </message>
    <message>
        <source>{files:,} files are animations: their first frames are images, {count:,} more are left out.</source>
        <translation>{files:,} 个文件是动画：各取第一帧作为图像，其余 {count:,} 帧未读入。</translation>
    </message>
    <message>
        <source>{files:,} files have {count:,} pages, and each is an image.</source>
        <translation>{files:,} 个文件共 {count:,} 页，每页作为一幅图像。</translation>
    </message>
    <message>
        <source>{file} cannot be used: it is not text; open another checkpoint.</source>
        <translation>无法使用 {file}：它不是文本；请打开其他检查点。</translation>
    </message>
    <message>
        <source>{first}, {rest}</source>
        <translation>{first}，{rest}</translation>
    </message>
    <message>
        <source>{how}, with the prior and σ² = {variance:.3g}</source>
        <translation>{how}，计入先验，σ² = {variance:.3g}</translation>
    </message>
    <message>
        <source>{images} against as many {others}, by {loss}</source>
        <translation>{images}与同样多的{others}相比，按{loss}</translation>
    </message>
    <message>
        <source>{images}, and as many draws of the prior</source>
        <translation>{images}，以及同样数量的先验样本</translation>
    </message>
    <message>
        <source>{images}, at most {steps} steps</source>
        <translation>{images}，最多 {steps} 步</translation>
    </message>
    <message>
        <source>{images}, each to {error:.1g} nats or better</source>
        <translation>{images},每张精确到 {error:.1g} 纳特以内</translation>
    </message>
    <message>
        <source>{images}, noise of standard deviation {noise} (white is 1), {before:.2f} dB before</source>
        <translation>{images}，噪声标准差 {noise}（白为 1），去噪前 {before:.2f} dB</translation>
    </message>
    <message>
        <source>{images}, on the first two principal components</source>
        <translation>{images}，在前两个主成分上</translation>
    </message>
    <message>
        <source>{images}, one draw of q(z|x) each</source>
        <translation>{images}，每幅从 q(z|x) 抽取一次</translation>
    </message>
    <message>
        <source>{images}, the mean μ of each posterior</source>
        <translation>{images}，取每个后验的均值 μ</translation>
    </message>
    <message>
        <source>{images}, {count:,} draws of q(z|x) each</source>
        <translation>{images},每张从 q(z|x) 取 {count:,} 个样本</translation>
    </message>
    <message>
        <source>{images}, {drawn}</source>
        <translation>{images}，{drawn}</translation>
    </message>
    <message>
        <source>{images}; codes and quantities in {bins} bins</source>
        <translation>{images}；编码和连续因子分为 {bins} 个区间</translation>
    </message>
    <message>
        <source>{images}; s = {scales}</source>
        <translation>{images}；s = {scales}</translation>
    </message>
    <message>
        <source>{name} ({values})</source>
        <translation>{name}（{values}）</translation>
    </message>
    <message>
        <source>{name} has no labels; its {count:,} images are of no class.</source>
        <translation>{name} 没有标签；其 {count:,} 幅图像不属于任何类别。</translation>
    </message>
    <message>
        <source>{name} has no setting called {setting}.</source>
        <translation>{name} 没有名为 {setting} 的设置。</translation>
    </message>
    <message>
        <source>{name} has {count:,} columns, which become factors.</source>
        <translation>{name} 有 {count:,} 列，均作为因子。</translation>
    </message>
    <message>
        <source>{name} holds {count:,} different numbers, too many for classes, and becomes a factor.</source>
        <translation>{name} 含有 {count:,} 个不同的数，作为类别过多，因此作为因子。</translation>
    </message>
    <message>
        <source>{name} is best</source>
        <translation>{name} 最好</translation>
    </message>
    <message>
        <source>{name} is better</source>
        <translation>{name} 更好</translation>
    </message>
    <message>
        <source>{name} is incomplete: {reason}.</source>
        <translation>{name} 不完整：{reason}。</translation>
    </message>
    <message>
        <source>{name} marks one of {count:,} columns a row (one-hot): its classes.</source>
        <translation>{name} 每行标记 {count:,} 列之一（one-hot），作为类别。</translation>
    </message>
    <message>
        <source>{name} must be a JSON object, not {found}.</source>
        <translation>{name} 须为 JSON 对象，而不是 {found}。</translation>
    </message>
    <message>
        <source>{name} needs torchvision, which cannot be imported here ({reason}).</source>
        <translation>{name} 需要 torchvision，但此处无法导入它（{reason}）。</translation>
    </message>
    <message>
        <source>{name} {value}</source>
        <translation>{name} {value}</translation>
    </message>
    <message>
        <source>{name}, as applied last</source>
        <translation>{name}（最后实际取值）</translation>
    </message>
    <message>
        <source>{net}: {conditions}</source>
        <translation>{net}：{conditions}</translation>
    </message>
    <message>
        <source>{others} against them</source>
        <translation>{others}与之对比</translation>
    </message>
    <message>
        <source>{pairs}; {count:,} others to be near to</source>
        <translation>{pairs}；与另外 {count:,} 张图像比较</translation>
    </message>
    <message>
        <source>{pairs}; {count} pictures a path</source>
        <translation>{pairs}；每条路径 {count} 张图像</translation>
    </message>
    <message>
        <source>{pairs}; {count} random places on each path</source>
        <translation>{pairs}；每条路径上 {count} 个随机位置</translation>
    </message>
    <message>
        <source>{pairs}; {steps} steps a path</source>
        <translation>{pairs}；每条路径 {steps} 步</translation>
    </message>
    <message>
        <source>{path} cannot be used: its traits of model {number} are not those of the family {family}; open another checkpoint.</source>
        <translation>无法使用 {path}：其中模型 {number} 的特性不属于 {family} 模型族；请打开其他检查点。</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}</source>
        <translation>无法使用 {path}：{reason}</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}; open another checkpoint.</source>
        <translation>{path} 不可用：{reason}；请打开其他检查点。</translation>
    </message>
    <message>
        <source>{path} could not be read: {reason}; open another checkpoint.</source>
        <translation>无法读取 {path}：{reason}；请打开其他检查点。</translation>
    </message>
    <message>
        <source>{pictures}, against {real}</source>
        <translation>{pictures}，对比{real}</translation>
    </message>
    <message>
        <source>{step:,} steps, {epochs:.4g} epochs</source>
        <translation>{step:,} 步，{epochs:.4g} 轮</translation>
    </message>
    <message>
        <source>β</source>
        <translation>β</translation>
    </message>
    <message>
        <source>−ELBO / (D ln 2), D the number of pixel values: the same bound for pictures of any size.</source>
        <translation>−ELBO / (D ln 2)，D 为像素值的个数：对任意大小的图像都相同的界。</translation>
    </message>
    <message>
        <source>−ELBO of one draw</source>
        <translation>一次采样的 −ELBO</translation>
    </message>
    <message>
        <source>√(2 E|z − y| − E|z − z&apos;| − E|y − y&apos;|) of codes z and draws y of the prior, in standard deviations of the prior: 0 for the same distribution, but above it for two samples of the prior.</source>
        <translation>编码 z 与先验样本 y 的 √(2 E|z − y| − E|z − z&apos;| − E|y − y&apos;|)，以先验的标准差为单位：分布相同时为 0，但对先验的两组样本大于 0。</translation>
    </message>
    <message>
        <source>√(Σ m² / d), m the mean of each of d dimensions over codes drawn from the posteriors, counted from the prior&apos;s mean: how far the middle of all codes is from the prior&apos;s.</source>
        <translation>√(Σ m² / d)，m 为从各后验抽取的编码在 d 个维度上的均值（从先验的均值算起）：全部编码的中心离先验的中心有多远。</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>it is a pipe, not a file</source>
        <translation>它是管道，不是文件</translation>
    </message>
    <message>
        <source>it is a device, not a file</source>
        <translation>它是设备，不是文件</translation>
    </message>
    <message>
        <source>The CUDA card here cannot be used ({reason}); the CPU is used instead.</source>
        <translation>此处的 CUDA 显卡不可用（{reason}）；改用 CPU。</translation>
    </message>
    <message>
        <source>The card failed ({reason}); start again, and go on from the last save on the CPU.</source>
        <translation>显卡出错（{reason}）；请重新启动，并用 CPU 从最近一次保存处继续。</translation>
    </message>
    <message>
        <source>The checkpoint {path} could not be written: {reason}.</source>
        <translation>无法写入检查点 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The checkpoint {path} was written, but its disk reports an error ({reason}); check the disk, and save to another one.</source>
        <translation>检查点 {path} 已写入，但其磁盘报告错误（{reason}）；请检查该磁盘，并保存到另一磁盘。</translation>
    </message>
    <message>
        <source>Another program is writing to {path}; wait until it has ended, or choose another folder, or remove {lock} if none does.</source>
        <translation>另一程序正在写入 {path}；请等待其结束，或另选文件夹；若并无程序在写入，请删除 {lock}。</translation>
    </message>
    <message>
        <source>Another program is writing to {path}; wait until it has ended, or choose another folder.</source>
        <translation>另一程序正在写入 {path}；请等待其结束，或另选文件夹。</translation>
    </message>
    <message>
        <source>{path} was changed by another program since this run was opened or saved there; save to another place.</source>
        <translation>此次训练在 {path} 打开或保存之后，该处已被另一程序更改；请保存到别处。</translation>
    </message>
    <message>
        <source>the disk is full; free some space or choose another folder</source>
        <translation>磁盘已满；请腾出空间或另选文件夹</translation>
    </message>
    <message>
        <source>writing there is not allowed; choose another folder</source>
        <translation>不允许写入该处；请另选文件夹</translation>
    </message>
    <message>
        <source>it is a file or lies in one; choose another folder</source>
        <translation>它是文件，或位于文件之内；请另选文件夹</translation>
    </message>
    <message>
        <source>the folder that it is to lie in does not exist; make it or choose another</source>
        <translation>所在的文件夹不存在；请创建它或另选一个</translation>
    </message>
    <message>
        <source>{path} could not be used ({reason}); check that it is there and may be read and written.</source>
        <translation>无法使用 {path}（{reason}）；请确认它存在且可读写。</translation>
    </message>
    <message>
        <source>The folder {path} does not exist; choose another.</source>
        <translation>文件夹 {path} 不存在；请另选一个。</translation>
    </message>
    <message>
        <source>{path} holds no images ({formats}); choose another folder.</source>
        <translation>{path} 中没有图像（{formats}）；请另选文件夹。</translation>
    </message>
    <message>
        <source>The largest value is {largest}; {white} is shown as white (another level can be chosen: --white on the command line).</source>
        <translation>最大值为 {largest}；{white} 显示为白色（可另选白电平，命令行用 --white）。</translation>
    </message>
    <message>
        <source>The values reach from {low} to {high}; what lies outside 0 to {white} is clipped.</source>
        <translation>数值范围为 {low} 至 {high}；0 至 {white} 之外的值被截断。</translation>
    </message>
    <message>
        <source>All values are 0, so all images are black.</source>
        <translation>所有值均为 0，因此所有图像都是黑色。</translation>
    </message>
    <message>
        <source>No array is called images; {name} is taken for them by its shape.</source>
        <translation>没有名为 images 的数组；根据形状将 {name} 视为图像。</translation>
    </message>
    <message>
        <source>No array is called labels; {name} is taken for them by its shape.</source>
        <translation>没有名为 labels 的数组；根据形状将 {name} 视为标签。</translation>
    </message>
    <message>
        <source>Not used of the file: {names}.</source>
        <translation>文件中未使用：{names}。</translation>
    </message>
    <message>
        <source>{name} holds no known label, so there are no classes.</source>
        <translation>{name} 中没有已知标签，因此没有类别。</translation>
    </message>
    <message>
        <source>{name} holds fractions, so it becomes a factor instead of classes.</source>
        <translation>{name} 含有小数，因此作为因子而非类别。</translation>
    </message>
    <message>
        <source>{name} has gaps or infinite values in {columns}, which is left out.</source>
        <translation>{name} 的 {columns} 中有缺失值或无穷值，已略去。</translation>
    </message>
    <message>
        <source>1 column of {name} never varies and is left out.</source>
        <translation>{name} 有 1 列始终不变，已略去。</translation>
    </message>
    <message>
        <source>{name} has the shape {shape}, which is neither a label an image nor a table of up to {most} numbers.</source>
        <translation>{name} 的形状为 {shape}，既不是每幅图像一个标签，也不是每幅图像至多 {most} 个数的表格。</translation>
    </message>
    <message>
        <source>{array} is an array of objects, which is never opened because it can hold programs; save plain numbers, for example with {call}.</source>
        <translation>{array} 是对象数组，可能含有程序，因此不予打开；请保存为纯数值，例如用 {call}。</translation>
    </message>
    <message>
        <source>{array} is an array of objects, which is never opened because it can hold programs; save plain numbers or text, for example {numbers} or {texts}.</source>
        <translation>{array} 是对象数组，可能含有程序，因此不予打开；请保存为纯数值或文本，例如 {numbers} 或 {texts}。</translation>
    </message>
    <message>
        <source>{array} holds text that is not Unicode; save the labels again.</source>
        <translation>{array} 含有非 Unicode 文本；请重新保存标签。</translation>
    </message>
    <message>
        <source>{path} could not be read ({reason}); check that it is still there and may be read.</source>
        <translation>无法读取 {path}（{reason}）；请检查它是否仍在且可读。</translation>
    </message>
    <message>
        <source>it is a socket, not a file</source>
        <translation>它是套接字，不是文件</translation>
    </message>
    <message>
        <source>{title} must be a whole number between {least:g} and {most:g}, not {value}.</source>
        <translation>{title} 须为 {least:g} 至 {most:g} 之间的整数，而不是 {value}。</translation>
    </message>
    <message>
        <source>{title} must be between {least:g} and {most:g}, not {value}.</source>
        <translation>{title} 须在 {least:g} 至 {most:g} 之间，而不是 {value}。</translation>
    </message>
    <message>
        <source>{title} must be one of {choices}, not {value}.</source>
        <translation>{title} 须为以下之一：{choices}，而不是 {value}。</translation>
    </message>
    <message>
        <source>{title} must be true or false, not {value}.</source>
        <translation>{title} 须为 true 或 false，而不是 {value}。</translation>
    </message>
    <message>
        <source>{title}, file {number} of {count}</source>
        <translation>{title}，第 {number} 个文件，共 {count} 个</translation>
    </message>
    <message>
        <source>{value} is not a σ² that a model learns</source>
        <translation>{value} 不是模型学习得到的 σ²</translation>
    </message>
    <message>
        <source>{what} could not be downloaded: {problem}. Nothing was kept; check the network and try again.</source>
        <translation>无法下载 {what}：{problem}。未保留任何内容；请检查网络后重试。</translation>
    </message>
</context>
<context>
    <name>trainer_client</name>
    <message>
        <source>The trainer could not be started; close other programs and start it again.</source>
        <extracomment>Requests before the first start: the user may be faster than the first paint.</extracomment>
        <translation>无法启动训练进程；请关闭其他程序后重新启动它。</translation>
    </message>
    <message>
        <source>The trainer was ended by signal {code}; the maps and pictures stay as they are, and training can go on from the last automatic save once the trainer is restarted.</source>
        <translation>训练进程被信号 {code} 终止；潜空间图和图像保持不变，重新启动训练进程后可从最近一次自动保存处继续训练。</translation>
    </message>
    <message>
        <source>The trainer ended by itself with code {code}; the maps and pictures stay as they are, and training can go on from the last automatic save once the trainer is restarted.</source>
        <translation>训练进程自行退出，代码 {code}；潜空间图和图像保持不变，重新启动训练进程后可从最近一次自动保存处继续训练。</translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>Move cursor</source>
        <extracomment>A gesture without a pressed button is over after this many milliseconds without a change. Polling interval of the mouse buttons, to detect the end of a drag. The cursors&apos; codes before a pane&apos;s axes changed. Entry kind -&gt; kinds of changes that are included in it. Aspects changed by the program since their values were stored. True while this sets state, and while a run or data set is being installed. Whether the user requested codes that another controller will set under the cursors.</extracomment>
        <translation>移动光标</translation>
    </message>
    <message>
        <source>Let go of image</source>
        <translation>取消选择图像</translation>
    </message>
    <message>
        <source>Pick image</source>
        <translation>选择图像</translation>
    </message>
    <message>
        <source>Show or hide classes</source>
        <translation>显示或隐藏类别</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色方式</translation>
    </message>
    <message>
        <source>Link cursors</source>
        <translation>光标联动</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Models of the next run</source>
        <translation>下一次训练的模型</translation>
    </message>
    <message>
        <source>Settings of the next run</source>
        <translation>下一次训练的设置</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Model in a pane</source>
        <translation>窗格中的模型</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>坐标轴</translation>
    </message>
    <message>
        <source>Where hidden dimensions are held</source>
        <translation>其余维度的固定位置</translation>
    </message>
    <message>
        <source>Clear all overlays</source>
        <translation>清除所有叠加层</translation>
    </message>
    <message>
        <source>Fit map</source>
        <extracomment>Centre, scale, and whether the view follows the points.</extracomment>
        <translation>显示全部点</translation>
    </message>
    <message>
        <source>Pan map</source>
        <translation>平移潜空间图</translation>
    </message>
    <message>
        <source>Zoom map</source>
        <translation>缩放潜空间图</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加层</translation>
    </message>
    <message>
        <source>Move along the path</source>
        <translation>沿路径移动</translation>
    </message>
    <message>
        <source>Kind of path</source>
        <translation>路径类型</translation>
    </message>
    <message>
        <source>Number of frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>Grid of four images</source>
        <translation>四图网格</translation>
    </message>
    <message>
        <source>Curve under the strips</source>
        <translation>胶片条下的曲线</translation>
    </message>
    <message>
        <source>Move slice</source>
        <translation>移动切片</translation>
    </message>
    <message>
        <source>Order of traversals</source>
        <translation>遍历的次序</translation>
    </message>
    <message>
        <source>Base of traversals</source>
        <translation>遍历的基点</translation>
    </message>
    <message>
        <source>Way through slices</source>
        <translation>切片的方向</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Add stop</source>
        <translation>添加路径点</translation>
    </message>
    <message>
        <source>Remove stop</source>
        <translation>移除路径点</translation>
    </message>
    <message>
        <source>Move stop</source>
        <translation>移动路径点</translation>
    </message>
    <message>
        <source>Groups of images</source>
        <translation>图像分组</translation>
    </message>
    <message>
        <source>A − B + C</source>
        <translation>A − B + C</translation>
    </message>
    <message>
        <source>Apply direction</source>
        <translation>应用方向</translation>
    </message>
    <message>
        <source>Your image</source>
        <translation>自选图像</translation>
    </message>
    <message>
        <source>How your image is prepared</source>
        <translation>自选图像的预处理方式</translation>
    </message>
    <message>
        <source>Drawing of the model</source>
        <translation>模型示意图</translation>
    </message>
    <message>
        <source>Neighbours in a row</source>
        <translation>每行近邻数</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>图像的顺序</translation>
    </message>
    <message>
        <source>Mean or a draw</source>
        <translation>均值或抽样</translation>
    </message>
    <message>
        <source>Another draw</source>
        <translation>再抽一次</translation>
    </message>
</context>
</TS>
