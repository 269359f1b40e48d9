"""What a guide is made of."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

PLAIN = ["bold", "italic", "link", "ol", "ul", "document-link"]


class StepBlock(blocks.StructBlock):
    """One step: what to do, and how."""

    title = blocks.CharBlock(max_length=100)
    text = blocks.RichTextBlock(features=PLAIN, required=False)


class FigureBlock(blocks.StructBlock):
    """A figure worth remembering, with where it comes from."""

    figure = blocks.CharBlock(max_length=20)
    words = blocks.CharBlock(max_length=200)
    source = blocks.CharBlock(max_length=200, required=False)


class DownloadBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock()
    words = blocks.CharBlock(max_length=150, required=False, help_text="What it is for.")


class GuideBlocks(blocks.StreamBlock):
    """The body of a guide. Headings make its list of contents."""

    heading = blocks.CharBlock(max_length=100, icon="h2", template="pages/blocks/heading.html")
    text = blocks.RichTextBlock(features=PLAIN, icon="pilcrow", template="pages/blocks/text.html")
    steps = blocks.ListBlock(StepBlock(), icon="list-ol", template="pages/blocks/steps.html")
    figure = FigureBlock(icon="pick", template="pages/blocks/figure.html")
    inset = blocks.RichTextBlock(features=PLAIN, icon="info-circle", template="pages/blocks/inset.html")
    download = DownloadBlock(icon="download", template="pages/blocks/download.html")
