using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

public sealed class HiddenTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("hidden", true)]
    [InlineData("hidden=until-found", false)]
    [InlineData("hidden style='display:block'", false)]
    [InlineData("hidden style='color:red'", true)]
    [InlineData("popover", true)]
    [InlineData("popover=manual style='color:red'", true)]
    [InlineData("popover style='display:block'", false)]
    [InlineData("aria-hidden=true", false)]
    [InlineData("style='display:none'", true)]
    [InlineData("style='DISPLAY : None !important ; display:block'", true)]
    [InlineData("style='display:none;display:block'", false)]
    [InlineData("style='display:none !important; display:block !important'", false)]
    [InlineData("style='/* display:none */ color:red'", false)]
    [InlineData("style='display/**/:none'", true)]
    [InlineData("style='content:\";display:none\"'", false)]
    [InlineData("style='background:url(x;display:none)'", false)]
    [InlineData("style='background:url(x);display:none'", true)]
    [InlineData("style='nonsense;display:none'", true)]
    [InlineData("style='visibility:hidden'", true)]
    [InlineData("style='visibility:collapse'", true)]
    [InlineData("style='visibility:visible'", false)]
    [InlineData("style='opacity:0'", true)]
    [InlineData("style='opacity:0.0'", true)]
    [InlineData("style='opacity:0%'", true)]
    [InlineData("style='opacity:0.1'", false)]
    [InlineData("style='position:absolute;clip:rect(0,0,0,0)'", true)]
    [InlineData("style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'", true)]
    [InlineData("style='clip:rect(0,0,0,0)'", false)]
    [InlineData("style='position:absolute;clip:rect(0,200px,90px,0)'", false)]
    [InlineData("style='clip-path: inset(100%)'", true)]
    [InlineData("style='clip-path: circle(50%)'", false)]
    [InlineData("style='margin-left:-9999px'", true)]
    [InlineData("style='margin:0 0 0 -9999px'", true)]
    [InlineData("style='margin-left:-12px'", false)]
    [InlineData("style='transform:scale(0)'", true)]
    [InlineData("style='transform:rotate(3deg) scale(0, 1)'", true)]
    [InlineData("style='transform:scale(0.9)'", false)]
    [InlineData("style='transform:translateX(-9999px)'", true)]
    [InlineData("style='transform:translateX(-50%)'", false)]
    [InlineData("style='color:transparent'", true)]
    [InlineData("style='color:rgba(0, 0, 0, 0)'", true)]
    [InlineData("style='color:#0000'", true)]
    [InlineData("style='color:#000'", false)]
    [InlineData("style='color:transparent;background-clip:text'", false)]
    [InlineData("style='position:absolute;width:1px;height:1px;overflow:hidden'", true)]
    [InlineData("style='font-size:0'", true)]
    [InlineData("style='font-size:0px'", true)]
    [InlineData("style='font-size:12px'", false)]
    [InlineData("style='width:0;height:0;overflow:hidden'", true)]
    [InlineData("style='width:0;height:0;overflow:clip visible'", true)]
    [InlineData("style='width:0;height:0'", false)]
    [InlineData("style='width:0;overflow:hidden'", false)]
    [InlineData("style='height:0;overflow:hidden'", false)]
    [InlineData("style='position:absolute;left:-9999px'", true)]
    [InlineData("style='position:fixed;top:-999px'", true)]
    [InlineData("style='position:absolute;left:-998px'", false)]
    [InlineData("style='position:absolute;left:-100em'", true)]
    [InlineData("style='position:absolute;left:-100%'", false)]
    [InlineData("style='position:relative;left:-9999px'", false)]
    [InlineData("style='left:-9999px'", false)]
    [InlineData("style='text-indent:-9999px'", true)]
    [InlineData("style='text-indent:-10px'", false)]
    public void An_attribute_hides_a_link_or_it_does_not(string attributes, bool hidden)
    {
        var itself = PageAnswer.Read($"<p><a href=/x {attributes}>x</a>");
        var around = PageAnswer.Read($"<div {attributes}><p><a href=/x>x</a></div>");

        Assert.Equal(hidden, Assert.Single(itself.Links).Hidden);
        Assert.Equal(hidden, Assert.Single(around.Links).Hidden);
        Assert.Equal(hidden ? "" : "x", around.Text);
    }

    [Theory]
    [InlineData("visibility:hidden", "visibility:visible", false)]
    [InlineData("visibility:hidden", "visibility:inherit", true)]
    [InlineData("font-size:0", "font-size:14px", false)]
    [InlineData("display:none", "display:block", true)]
    [InlineData("opacity:0", "opacity:1", true)]
    public void A_descendant_undoes_only_what_css_lets_it_undo(string outer, string inner, bool hidden)
    {
        var page = PageAnswer.Read($"<div style='{outer}'><a href=/x style='{inner}'>x</a></div>");

        Assert.Equal(hidden, Assert.Single(page.Links).Hidden);
    }

    [Theory]
    [InlineData("font-size:0", false)]
    [InlineData("visibility:hidden", true)]
    public void An_image_needs_no_font_size_to_be_seen(string style, bool hidden)
    {
        var page = PageAnswer.Read($"<a href=/x style='{style}'><img alt=x></a>");

        Assert.Equal(hidden, Assert.Single(page.Links).Hidden);
    }

    [Theory]
    [InlineData("<body style='opacity:0'><a href=/x>x</a>")]
    [InlineData("<html style='display:none'><a href=/x>x</a>")]
    public void A_whole_page_is_hidden_only_until_it_has_loaded(string html)
    {
        Assert.False(Assert.Single(PageAnswer.Read(html).Links).Hidden);
    }
}
