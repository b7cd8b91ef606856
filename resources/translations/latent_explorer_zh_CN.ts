<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Application</name>
    <message>
        <source>Start it again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>The language changes when the program is started next.</source>
        <translation>语言更改将在下次启动程序时生效。</translation>
    </message>
</context>
<context>
    <name>AxesChooser</name>
    <message>
        <source>Dimension across</source>
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
    <name>BetaControl</name>
    <message>
        <source>β, weight of the KL divergence</source>
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
        <source>Weight of the KL divergence in the loss. Acts on the next step.</source>
        <translation>KL 散度在损失中的权重，自下一步起生效。</translation>
    </message>
</context>
<context>
    <name>ClassSwitch</name>
    <message>
        <source>Class {0}</source>
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
        <extracomment>Every cell has room for this figure, and places are kept for that one, so that nothing moves while they change. Texts whose widths are kept; figures of two decimals are some hundreds.</extracomment>
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
        <source>train or held-out</source>
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
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Side by side</source>
        <extracomment>Height in px of a row with its hairline, if its text is not taller.</extracomment>
        <translation>并排比较</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重构损失</translation>
    </message>
    <message>
        <source>Reconstruction loss of held-out images, summed over pixels</source>
        <translation>留出图像的重构损失，对像素求和</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>KL divergence of the posterior from the prior, summed over latent dimensions</source>
        <translation>后验相对先验的 KL 散度，对潜变量维度求和</translation>
    </message>
    <message>
        <source>Total at β = 1</source>
        <translation>总损失（β = 1）</translation>
    </message>
    <message>
        <source>−ELBO: reconstruction + KL; without a posterior the reconstruction alone</source>
        <translation>负证据下界（−ELBO）：重构损失 + KL 散度；没有后验时只有重构损失</translation>
    </message>
    <message>
        <source>Held-out − train</source>
        <translation>留出 − 训练</translation>
    </message>
    <message>
        <source>Total of held-out images minus total of training images: grows with overfitting</source>
        <translation>留出图像的总损失减去训练图像的总损失：过拟合时增大</translation>
    </message>
    <message>
        <source>Active units</source>
        <translation>活跃单元</translation>
    </message>
    <message>
        <source>Latent dimensions whose posterior mean has a variance above 0.01 over the images</source>
        <translation>后验均值在各图像间的方差大于 0.01 的潜变量维度</translation>
    </message>
    <message>
        <source>nats per image</source>
        <translation>nats/图像</translation>
    </message>
    <message>
        <source>Figures come with the first held-out evaluation.</source>
        <translation>首次留出评估后显示数值。</translation>
    </message>
    <message>
        <source>held-out, {0} images, step {1}</source>
        <translation>留出 {0} 幅图像，第 {1} 步</translation>
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
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
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
        <source>Press Train: the curves of both models are drawn here.</source>
        <translation>按“训练”后，两个模型的损失曲线会显示在这里。</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>dashed: held-out −ELBO</source>
        <translation>虚线：留出 −ELBO</translation>
    </message>
    <message>
        <source>dashed: held-out</source>
        <translation>虚线：留出</translation>
    </message>
    <message>
        <source>Training / held-out, in nats per image.</source>
        <translation>训练 / 留出，单位为 nats/图像。</translation>
    </message>
    <message>
        <source>Training: reconstruction + β · KL. Held-out: at β = 1.</source>
        <translation>训练：重构损失 + β · KL 散度。留出：按 β = 1 计算。</translation>
    </message>
    <message>
        <source>Training: mean over {0} steps, every step faint behind.</source>
        <translation>训练：{0} 步的平均值，背后的淡线为每一步。</translation>
    </message>
    <message>
        <source>model {0}</source>
        <translation>模型 {0}</translation>
    </message>
</context>
<context>
    <name>DataController</name>
    <message>
        <source>Looking for data sets</source>
        <extracomment>What the buttons of a message are about; each kind of message has its own, as several may be on show. The quiet load of the bundled pair&apos;s images; what a person asks for goes before it.</extracomment>
        <translation>正在查找数据集</translation>
    </message>
    <message>
        <source>Loading data</source>
        <translation>正在加载数据</translation>
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
        <source>{count} files were left out of {title}.</source>
        <translation>{title} 中有 {count} 个文件未读入。</translation>
    </message>
</context>
<context>
    <name>DataMenu</name>
    <message>
        <source>Looking for data sets…</source>
        <extracomment>The title is cut off beyond this many px.</extracomment>
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
        <source>Show the files left out</source>
        <translation>查看未读入的文件</translation>
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
        <source>{train} train · {held_out} held-out</source>
        <translation>训练 {train} · 留出 {held_out}</translation>
    </message>
    <message>
        <source>Originals come with the data set: choose it to train.</source>
        <translation>选择此数据集后即可显示原图并训练。</translation>
    </message>
</context>
<context>
    <name>DockGrip</name>
    <message>
        <source>Drag to move {panel}; double-click to float it</source>
        <translation>拖动以移动“{panel}”；双击使其浮动</translation>
    </message>
    <message>
        <source>Move {panel}</source>
        <translation>移动“{panel}”</translation>
    </message>
</context>
<context>
    <name>DropController</name>
    <message>
        <source>{name} cannot be opened here; drop a folder of images, a .npy or .npz file, or a checkpoint folder.</source>
        <translation>这里无法打开 {name}；请拖放图像文件夹、.npy 或 .npz 文件，或者检查点文件夹。</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to open {name}</source>
        <translation>松开即可打开 {name}</translation>
    </message>
</context>
<context>
    <name>FactorRamp</name>
    <message>
        <source>{0}: from {1} to {2}</source>
        <translation>{0}：{1} 至 {2}</translation>
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
</context>
<context>
    <name>HelpMenu</name>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
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
        <translation>其余维度：取自联动图片的编码</translation>
    </message>
    <message>
        <source>This pane decodes the whole code of the other pane&apos;s picture.</source>
        <translation>本窗格解码另一窗格图片的完整编码。</translation>
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
    <name>ImportFolderDialog</name>
    <message>
        <source>Images from a folder</source>
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
        <source>More than {count} pictures found.</source>
        <translation>找到 {count} 幅以上的图像。</translation>
    </message>
    <message>
        <source>{count} pictures found, and at least two are needed. Choose a folder with PNG, JPEG, BMP, GIF, WebP, TIFF or PGM files.</source>
        <translation>找到 {count} 幅图像，至少需要两幅。请选择含有 PNG、JPEG、BMP、GIF、WebP、TIFF 或 PGM 文件的文件夹。</translation>
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
    <name>KnobChange</name>
    <message>
        <source>rate</source>
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
        <source>Adam&apos;s step size. Acts on the next step.</source>
        <translation>Adam 的步长，自下一步起生效。</translation>
    </message>
    <message>
        <source>Standard deviation of noise on the encoder&apos;s input, pixels in [0, 1]. Acts on the next step.</source>
        <translation>编码器输入噪声的标准差（像素值范围 [0, 1]），自下一步起生效。</translation>
    </message>
</context>
<context>
    <name>LampGrid</name>
    <message>
        <source>KL divergence of each latent dimension</source>
        <extracomment>KL below which a dimension counts as collapsed, in nats. KL of a fully lit lamp, in nats. Fixed, so that a lamp&apos;s light means the same all through a run. Share of light that the dimmest living lamp has, so that it is told from a dark one.</extracomment>
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
        <source>KL per dimension</source>
        <translation>各维度的 KL 散度</translation>
    </message>
</context>
<context>
    <name>LatentMap</name>
    <message>
        <source>Row {row}</source>
        <translation>第 {row} 行</translation>
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
        <source>No map yet. Train, or open a checkpoint.</source>
        <extracomment>Time the points may take at once when nothing moves; longer would be felt in a drag. Rest before the full picture is drawn: after a change of scale, and after the points themselves moved. The view follows the points until a person chooses another one. Data rows of the points, one array for all refreshes that show the same rows.</extracomment>
        <translation>尚无潜空间图。请开始训练，或打开检查点。</translation>
    </message>
    <message>
        <source>{count} points left out: not finite</source>
        <translation>{count} 个点未显示：数值非有限</translation>
    </message>
    <message>
        <source>Latent map {number}</source>
        <translation>潜空间图 {number}</translation>
    </message>
    <message>
        <source>One dot for each data image. Arrow keys move the cursor, Shift moves it farther, Home puts it on the origin. Enter picks the image nearest to the cursor, Escape lets go of it. Plus and minus zoom, F fits the map to the points.</source>
        <translation>每个点代表一幅数据图像。方向键移动光标，按住 Shift 移动更远，Home 键回到原点。回车键选择离光标最近的图像，Esc 键取消选择。加号和减号缩放，F 键显示全部点。</translation>
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
        <source>Save map as PNG…</source>
        <translation>将潜空间图存为 PNG…</translation>
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
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
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
    <name>LossCurves</name>
    <message>
        <source>Loss curves</source>
        <extracomment>Least distance of two marks&apos; texts, in pixels; closer ones are drawn as lines only.</extracomment>
        <translation>损失曲线</translation>
    </message>
</context>
<context>
    <name>LossWords</name>
    <message>
        <source>Training curves are of binarised pixels, drawn anew each step, held-out ones of grey levels: do not compare the two.</source>
        <translation>训练曲线针对每步重新抽取的二值化像素，留出曲线针对灰度值：两者不可比较。</translation>
    </message>
    <message>
        <source>Bernoulli, grey levels</source>
        <translation>伯努利，灰度值</translation>
    </message>
    <message>
        <source>Bernoulli cross-entropy of grey levels, not binarised: not a likelihood.</source>
        <translation>灰度值（未二值化）的伯努利交叉熵：不是似然。</translation>
    </message>
    <message>
        <source>Gaussian, σ² = {0}</source>
        <translation>高斯，σ² = {0}</translation>
    </message>
    <message>
        <source>Gaussian density of grey levels with σ² = {0}: below 0 where it is sharp.</source>
        <translation>灰度值的高斯密度，σ² = {0}：密度尖锐处小于 0。</translation>
    </message>
    <message>
        <source>Gaussian, learned σ²</source>
        <translation>高斯，σ² 由学习得到</translation>
    </message>
    <message>
        <source>Gaussian density of grey levels with one learned σ²: below 0 where it is sharp.</source>
        <translation>灰度值的高斯密度，σ² 由学习得到：密度尖锐处小于 0。</translation>
    </message>
    <message>
        <source>Gaussian, σ² a pixel</source>
        <translation>高斯，逐像素 σ²</translation>
    </message>
    <message>
        <source>Gaussian density of grey levels with σ² a pixel: below 0 where it is sharp.</source>
        <translation>灰度值的高斯密度，逐像素 σ²：密度尖锐处小于 0。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Training</source>
        <extracomment>Bumped when docks change so much that a remembered layout no longer fits. Of the gap between two panels side by side; the separator between them is the rest.</extracomment>
        <translation>训练</translation>
    </message>
    <message>
        <source>KL per dimension</source>
        <translation>各维度的 KL 散度</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排比较</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Loss, nats per image</source>
        <translation>损失，nats/图像</translation>
    </message>
    <message>
        <source>{path} could not be written; choose another place.</source>
        <translation>无法写入 {path}；请另选位置。</translation>
    </message>
</context>
<context>
    <name>MapController</name>
    <message>
        <source>The map could not be brought up to date; see the details.</source>
        <extracomment>Values (n d) of one pane&apos;s codes, and dimensions, up to which a map may be made at once in the GUI thread: two panes take some 3 ms then. The newest report, and the models it belongs to. Number of the newest order, and of the one on show with the axes it was made for.</extracomment>
        <translation>潜空间图未能更新；请查看详细信息。</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Details of the message</source>
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
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
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
    <name>ModelFields</name>
    <message>
        <source>Latent dimensions of both models, 1 to 512.</source>
        <translation>两个模型的潜变量维度数，1 至 512。</translation>
    </message>
    <message>
        <source>Latent size</source>
        <translation>潜变量维度</translation>
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
    <name>NearestView</name>
    <message>
        <source>Nearest image</source>
        <translation>最近图像</translation>
    </message>
    <message>
        <source>Reconstruction of the nearest image</source>
        <translation>最近图像的重构</translation>
    </message>
    <message>
        <source>nearest</source>
        <translation>最近图像</translation>
    </message>
    <message>
        <source>its recon.</source>
        <translation>其重构</translation>
    </message>
    <message>
        <source>originals come with the data set</source>
        <translation>打开数据集后显示原图</translation>
    </message>
    <message>
        <source>image {0}</source>
        <translation>图像 {0}</translation>
    </message>
    <message>
        <source>distance {0}</source>
        <translation>距离 {0}</translation>
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
        <source>Back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>These changes need a new run. The present one, at step {step}, goes on without them.</source>
        <translation>这些更改需要新建训练才能生效；当前训练（第 {step} 步）不受影响。</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
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
    <name>Pane</name>
    <message>
        <source>Pane without a model</source>
        <translation>没有模型的窗格</translation>
    </message>
</context>
<context>
    <name>PaneHeader</name>
    <message>
        <source>Run state and model</source>
        <extracomment>Narrower than this and buttons say less.</extracomment>
        <translation>训练状态与模型</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>显示全部点</translation>
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
        <source>No model yet</source>
        <translation>尚无模型</translation>
    </message>
</context>
<context>
    <name>PictureColumn</name>
    <message>
        <source>Decoded image under the cursor</source>
        <translation>光标处的解码图像</translation>
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
    <name>RecoveryController</name>
    <message>
        <source>An unfinished run was found: {title}, step {step}.</source>
        <extracomment>Runs that trainers of this very process left when they died. Runs that were opened from here; theirs is the run that stands.</extracomment>
        <translation>发现未完成的训练：{title}，第 {step} 步。</translation>
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
        <source>Train both models</source>
        <translation>训练两个模型</translation>
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
        <translation>准备中…</translation>
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
        <source>A new run replaces the present one at step {step}, which has not been saved.</source>
        <extracomment>What a person asked of a run that is only being built: &quot;train&quot;, &quot;step&quot; or &quot;&quot;. The trainer died with a run that had steps. The data that the service has in memory, which need not be those on show: their run may have failed.</extracomment>
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
        <source>The images of {title} are not at hand, so another data set is trained on.</source>
        <translation>{title} 的图像不在手边，改用另一个数据集训练。</translation>
    </message>
    <message>
        <source>Building the models</source>
        <translation>正在构建模型</translation>
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
        <source>Binarise pixels</source>
        <translation>像素二值化</translation>
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
        <source>Of initial weights, batch order and noise; both models share it.</source>
        <translation>用于初始权重、批次顺序和噪声；两个模型共用。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the next run trains.</source>
        <translation>下一次训练所用的设备。</translation>
    </message>
    <message>
        <source>Draw every pixel as 0 or 1 afresh each step.</source>
        <translation>每一步都重新将每个像素随机抽取为 0 或 1。</translation>
    </message>
</context>
<context>
    <name>SessionController</name>
    <message>
        <source>Opening replaces the present run at step {step}, which has not been saved.</source>
        <extracomment>A session file is a few hundred bytes; anything far larger is something else. Saves under way, and whether any of them failed since the last time there were none. What waits for the place that a person is asked for.</extracomment>
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
        <source>There is no run to save yet; press Train first.</source>
        <translation>尚无可保存的训练；请先按“训练”。</translation>
    </message>
    <message>
        <source>Saved to {path}.</source>
        <translation>已保存到 {path}。</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
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
        <source>Time to decode the image under the cursor, and to paint the window&apos;s last frame</source>
        <translation>解码光标处图像的用时，以及绘制窗口最近一帧的用时</translation>
    </message>
    <message>
        <source>Images that each model has been trained on in the last second</source>
        <translation>最近一秒内每个模型训练过的图像数</translation>
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
        <source>frame {0} ms</source>
        <translation>绘制 {0} ms</translation>
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
    <name>Toolbar</name>
    <message>
        <source>Toolbar</source>
        <extracomment>Room in px that the row needs at the least, with everything left out that can be.</extracomment>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>How the cursors follow each other</source>
        <translation>光标联动方式</translation>
    </message>
    <message>
        <source>Latent Explorer</source>
        <translation>Latent Explorer</translation>
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
        <extracomment>Lower than this in px, the notice may not take the room of the settings it speaks of.
----------
Hidden by whoever shows the panel under a title of its own.</extracomment>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>ViewMenu</name>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Fit both maps</source>
        <translation>两图均显示全部点(&amp;F)</translation>
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
        <source>&amp;Reset layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>no figures yet</source>
        <translation>尚无数值</translation>
    </message>
    <message>
        <source>They come with the first training step.</source>
        <translation>第一个训练步后显示。</translation>
    </message>
    <message>
        <source>{0} of {1} lit · {2} nats</source>
        <translation>点亮 {0} / {1} · {2} nats</translation>
    </message>
    <message>
        <source>A dimension whose KL divergence is below {0} nats is dark.</source>
        <translation>KL 散度低于 {0} nats 的维度不亮（后验坍缩）。</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>This model has no posterior: a code is a point, and there is no KL.</source>
        <translation>此模型没有后验：编码是一个点，因此没有 KL 散度。</translation>
    </message>
</context>
<context>
    <name>about</name>
    <message>
        <source>Free software under the MIT licence. Nothing you do here leaves this computer.</source>
        <extracomment>Asked of the installed packages&apos; own descriptions, so that nothing is imported for it.</extracomment>
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
        <source>Choose an array file</source>
        <translation>选择数组文件</translation>
    </message>
    <message>
        <source>Arrays (*.npy *.npz)</source>
        <translation>数组 (*.npy *.npz)</translation>
    </message>
    <message>
        <source>Open a checkpoint or session (its folder)</source>
        <translation>打开检查点或会话（选择其文件夹）</translation>
    </message>
    <message>
        <source>Save the session as a folder</source>
        <translation>将会话保存为文件夹</translation>
    </message>
    <message>
        <source>Save as a picture</source>
        <translation>存为图片</translation>
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
        <extracomment>Longer than this the window does not wait; the rest of the folder is then not counted.</extracomment>
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
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>layer widths</source>
        <translation>各层宽度</translation>
    </message>
    <message>
        <source>latent size</source>
        <translation>潜变量维度</translation>
    </message>
    <message>
        <source>likelihood</source>
        <translation>似然</translation>
    </message>
    <message>
        <source>variance</source>
        <translation>方差</translation>
    </message>
    <message>
        <source>sampling + β KL</source>
        <translation>采样 + β KL</translation>
    </message>
    <message>
        <source>model family</source>
        <translation>模型类型</translation>
    </message>
    <message>
        <source>The models do not differ: same batches, same initial weights.</source>
        <translation>两个模型没有差别：批次相同，初始权重相同。</translation>
    </message>
    <message>
        <source>The models differ only in: {what}.</source>
        <translation>两个模型仅有的差别：{what}。</translation>
    </message>
    <message>
        <source>The models differ in: {what}.</source>
        <translation>两个模型的差别：{what}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>questions</name>
    <message>
        <source>Training is going on</source>
        <translation>训练正在进行</translation>
    </message>
    <message>
        <source>Both models are still training, at step {step}.</source>
        <translation>两个模型仍在训练，已到第 {step} 步。</translation>
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
        <source>{count} files were left out of {title}; all others are there.</source>
        <translation>{title} 中有 {count} 个文件未读入；其余均已读入。</translation>
    </message>
</context>
<context>
    <name>trainer</name>
    <message>
        <source>Autoencoder</source>
        <extracomment>Listed for lupdate, which finds texts only where they are written out.</extracomment>
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
        <source>images</source>
        <translation>幅</translation>
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
</context>
<context>
    <name>trainer_link</name>
    <message>
        <source>The trainer could not be started; close other programs and start it again.</source>
        <extracomment>What was asked for before the first start: a person may be faster than the first paint.</extracomment>
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
    <name>widths</name>
    <message>
        <source>Enter layer widths such as 512-256, or conv 32-64 for a convolutional network.</source>
        <translation>请输入各层宽度，例如 512-256；卷积网络如 conv 32-64。</translation>
    </message>
</context>
</TS>
