"""Tables of whole architectures agree with published shapes, parameter counts and multiply-adds."""

import json
from pathlib import Path

import pytest

from solvers import models
from solvers.architecture import multiply_add_count, parameter_count, table, table_steps, windows
from solvers.layer_specs import Activation, Attention, Conv, Embedding, Flatten, Join, Linear, Norm, Pool, Tokens
from solvers.receptive_field import field

DATA = json.loads((Path(__file__).parent / "data" / "param_counts.json").read_text())
PUBLISHED = {model["model"]: model for model in DATA["models"]}
IMAGE = (3, 224, 224)

NETWORKS = {
    "torchvision alexnet": (models.alexnet((64, 192, 384, 256, 256), groups=1), IMAGE),
    "torchvision vgg16": (models.vgg(16), IMAGE),
    "torchvision vgg16_bn": (models.vgg(16, norm=True), IMAGE),
    "torchvision resnet18": (models.resnet(18), IMAGE),
    "torchvision resnet50": (models.resnet(50), IMAGE),
    "LeNet-5, modern full-connection variant (6,16 conv 5x5; 120; 84; 10)": (models.lenet(), (1, 32, 32)),
    "LeNet-5, LeCun 1998 (sparse C3 table, trainable sub-sampling, RBF output fixed)": (
        models.lenet_1998(), (1, 32, 32)),
    "AlexNet 2012, ungrouped": (models.alexnet(groups=1, padding=0), (3, 227, 227)),
    "CS231n 3-4-2 MLP": (models.mlp((4, 2)), (3,)),
}  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_parameters_are_those_published(name):
    assert parameter_count(*NETWORKS[name]) == PUBLISHED[name]["recomputed"]


@pytest.mark.parametrize("name", [name for name in NETWORKS if "gmacs_torchvision_ops" in PUBLISHED[name]])
def test_multiply_adds_are_those_published(name):
    published = PUBLISHED[name]["gmacs_torchvision_ops"]

    assert multiply_add_count(*NETWORKS[name]) / 1e9 == pytest.approx(published, abs=6e-4 * max(1, published))


@pytest.mark.parametrize(
    ("layers", "given", "count"),
    [
        (models.unet(), (1, 572, 572), 31_030_658),
        (models.googlenet(norm=True, kernel=3), IMAGE, 6_624_904),
        (models.gpt(50257, 768, 12, 1024, 12), (1024,), 124_439_808),
        (
            (Embedding(30522, 768, 514), Norm(), *models.encoder(768, 3072, 12, 12), Linear(768)),
            (128,),
            109_482_240,
        ),
        (models.encoder(512, 2048, 8, 6), (10, 512), 6 * 3_152_384),
    ],
)
def test_parameters_of_branching_networks_are_those_known(layers, given, count):
    assert parameter_count(layers, given) == count


def test_the_unpadded_u_net_gives_the_sizes_of_its_figure():
    rows = table(models.unet(), (1, 572, 572))

    assert rows[-1].shape == (2, 388, 388)
    assert [row.shape for row in rows if row.kind == "concatenated"] == [
        (1024, 56, 56), (512, 104, 104), (256, 200, 200), (128, 392, 392),
    ]  # fmt: skip


def test_lenet_and_vgg_shrink_as_drawn():
    lenet = [row.shape for row in table(models.lenet(), (1, 32, 32)) if row.kind in ("Conv", "Pool", "Linear")]
    pools = [row.shape for row in table(models.vgg(19), IMAGE) if row.kind == "Pool"]

    assert lenet == [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120,), (84,), (10,)]
    assert pools == [(64, 112, 112), (128, 56, 56), (256, 28, 28), (512, 14, 14), (512, 7, 7)]


def test_an_inception_block_adds_up_its_channels():
    assert models.inception(64, 96, 128, 16, 32, 32).output((192, 28, 28)) == (256, 28, 28)


def test_an_autoencoder_returns_to_the_size_of_its_input():
    shapes = [row.shape for row in table(models.autoencoder((128, 16), 784), (784,)) if row.kind == "Linear"]

    assert shapes == [(128,), (16,), (128,), (784,)]


def test_a_decoder_keeps_the_target_length_and_reads_another_width():
    layers = (*models.decoder(64, 256, memory=(20, 64), heads=4), Linear(1000))
    crossing = Attention(memory=(20, 96))

    assert table(layers, (7, 64))[-1].shape == (7, 1000)
    assert crossing.parameters((7, 64)) == 2 * (64 * 64 + 64) + 2 * (96 * 64 + 64)
    assert crossing.multiply_adds((7, 64)) == 2 * 7 * 64 * 64 + 2 * 20 * 96 * 64 + 2 * 7 * 20 * 64


@pytest.mark.parametrize(("early", "side"), [(True, 483), (False, 427)])
def test_the_receptive_field_of_resnet_50_depends_on_where_the_stride_is(early, side):
    seen = field(windows(models.resnet(50, early_stride=early)))

    assert (seen.size, seen.jump) == (side, 32)


def test_the_worked_table_shows_every_layer_and_the_total():
    work = table_steps(
        (Conv(4, 3, padding=1), Activation(), Pool(2), Tokens(), Flatten(), Linear(2)), (1, 6, 6), batch=5
    )

    assert [row.shape for row in work.value] == [(4, 6, 6), (4, 6, 6), (4, 3, 3), (9, 4), (36,), (2,)]
    assert work.steps[2].shapes == (("in", (5, 4, 6, 6)), ("out", (5, 4, 3, 3)))
    assert (work.steps[-1].numbers, work.steps[-1].result) == ("40 + 74", "114")


@pytest.mark.parametrize(
    ("layers", "given", "message"),
    [
        ((Conv(4, 3), Linear(2)), (1, 6, 6), "linear2: a fully connected layer needs a flat input"),
        ((Conv(4, 9),), (1, 6, 6), "conv1: a window of side 9 does not fit into 6 pixels"),
        ((Join(((Conv(4, 3),), ())),), (1, 6, 6), "join1: only equal shapes can be added"),
        ((Join(((Conv(4, 3),), ()), "concat"),), (1, 6, 6), "join1: shapes may differ in their channels only"),
        ((Linear(4), Attention(heads=3)), (5, 4), "attention2: 4 features cannot be cut into 3 heads"),
    ],
)
def test_layers_that_do_not_fit_are_named(layers, given, message):
    with pytest.raises(ValueError, match=message):
        table(layers, given)


def test_a_pool_that_rounds_up_does_not_start_in_the_padding():
    assert Pool(3, 2, ceil=True).output((1, 112, 112)) == (1, 56, 56)
    assert Pool(2, 2, 1, ceil=True).output((1, 3, 3)) == (1, 2, 2)
