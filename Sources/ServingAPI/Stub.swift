enum ServingAPIStub {}
import Hummingbird
